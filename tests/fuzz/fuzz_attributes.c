#include <stdint.h>
#include <string.h>

#include "base/fail.h"
#include "model/attributes.h"
#include "tests/support/grammar.h"
#include "tests/support/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A path, and the .gitattributes of a directory and of the root: why its bytes change, or not. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct snapshot *snapshot = memory_snapshot(&arena);
	struct text rest = { (const char *)data, size };
	const char *path = next_part(&arena, &rest), *below = next_part(&arena, &rest);
	const char *reason = NULL;

	memory_file(snapshot, "sub/.gitattributes", below, strlen(below), false);
	memory_file(snapshot, ".gitattributes", rest.bytes, rest.length, false);
	path = arena_printf(&arena, "sub/%s", path);
	if (attributes_change_of(snapshot, &reason, path) < 0)
		require(failure_status() == 3 && *failure_message(), "a failure says why");
	else
		require(!reason || *reason, "a reason says something");
	failure_clear();
	arena_release(&arena);
	return 0;
}
