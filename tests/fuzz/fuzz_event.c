#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/fail.h"
#include "cli/ci_payload.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool may_be_commit(const char *id)
{
	return !id || (strlen(id) == 40 && strspn(id, "0123456789abcdef") == 40);
}

/* Whatever describes an event, it names a commit, or nothing, or is a failure. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char *const names[] = { "push", "pull_request", "merge_group" };
	struct arena arena = { 0 };
	struct text text = { arena_copy(&arena, (const char *)bytes, length), length };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct ci_event event = { .name = names[i] };

		failure_clear();
		if (ci_payload_parse(&event, &arena, text) == 0 &&
		    (!may_be_commit(event.before) || !may_be_commit(event.target)))
			die("what an event names is no commit");
	}
	arena_release(&arena);
	return 0;
}
