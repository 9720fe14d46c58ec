#include <stddef.h>
#include <stdint.h>

#include "base/fail.h"
#include "model/policy.h"
#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Any text is a policy or a usage failure, and what it says of paths can be asked. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena arena = { 0 };
	struct policy policy = { 0 };
	struct text text = { arena_copy(&arena, (const char *)bytes, length), length };

	failure_clear();
	if (policy_default(&policy, &arena, rules) < 0)
		die("the default policy is wrong");
	if (policy_read(&policy, &arena, text, "policy", rules) < 0 && failure_status() != 2)
		die("a wrong policy is no usage failure");
	(void)policy_ignores(&policy, "api/vendor/{{name}}/Dockerfile.dev");
	arena_release(&arena);
	return 0;
}
