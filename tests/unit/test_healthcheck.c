#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/refusal.h"

/* What the whole file is refused for, whoever builds which stage. */
static const struct {
	const char *line, *error;
} cases[] = {
	{ "HEALTHCHECK NONE", NULL },
	{ "HEALTHCHECK none", NULL },
	{ "HEALTHCHECK CMD true", NULL },
	{ "HEALTHCHECK cmd\ttrue", NULL },
	{ "HEALTHCHECK CMD [\"true\"]", NULL },
	{ "HEALTHCHECK CMD []", "HEALTHCHECK CMD wants a command" },
	{ "HEALTHCHECK CMD", "HEALTHCHECK CMD wants a command" },
	{ "HEALTHCHECK --interval=1s", "HEALTHCHECK wants CMD or NONE" },
	{ "HEALTHCHECK true", "HEALTHCHECK wants CMD or NONE" },
	{ "HEALTHCHECK CMDS true", "HEALTHCHECK wants CMD or NONE" },
	{ "HEALTHCHECK NONE true", "HEALTHCHECK NONE takes no argument" },
	{ "HEALTHCHECK NONE [\"true\"]", "HEALTHCHECK NONE takes no argument" },
	{ "HEALTHCHECK --interval=1h30m --timeout=1.5s --start-period=0 --start-interval=+5us5s "
	  "--retries=+3 CMD true",
	  NULL },
	{ "HEALTHCHECK --interval= --retries= CMD true", NULL },
	{ "HEALTHCHECK CMD\vtrue", NULL },
	{ "HEALTHCHECK CMD\xA0true", NULL },
	{ "HEALTHCHECK NONE\x85true", "HEALTHCHECK NONE takes no argument" },
	{ "HEALTHCHECK NONE\rtrue", "HEALTHCHECK NONE takes no argument" },
	{ "HEALTHCHECK --interval=1ms CMD true", NULL },
	{ "HEALTHCHECK --interval=-0 CMD true", NULL },
	{ "HEALTHCHECK --interval=.5s CMD true", NULL },
	{ "HEALTHCHECK --interval=5.s CMD true", NULL },
	{ "HEALTHCHECK --interval=1000\xC2\xB5s CMD true", NULL },
	{ "HEALTHCHECK --interval=1000\xCE\xBCs CMD true", NULL },
	{ "HEALTHCHECK --interval=1000000ns CMD true", NULL },
	{ "HEALTHCHECK --interval=999us CMD true", "'--interval' is shorter than one millisecond" },
	{ "HEALTHCHECK --timeout=-1s CMD true", "'--timeout' is shorter than one millisecond" },
	{ "HEALTHCHECK --timeout=5 CMD true", "'5' is no duration for '--timeout'" },
	{ "HEALTHCHECK --timeout=s CMD true", "'s' is no duration for '--timeout'" },
	{ "HEALTHCHECK --timeout=. CMD true", "'.' is no duration for '--timeout'" },
	{ "HEALTHCHECK --timeout=1.5.s CMD true", "'1.5.s' is no duration for '--timeout'" },
	{ "HEALTHCHECK --timeout=1s2 CMD true", "'1s2' is no duration for '--timeout'" },
	{ "HEALTHCHECK --timeout=+ CMD true", "'+' is no duration for '--timeout'" },
	{ "HEALTHCHECK --timeout=1d CMD true", "'1d' is no duration for '--timeout'" },
	{ "HEALTHCHECK --timeout=2562047h CMD true", NULL },
	{ "HEALTHCHECK --timeout=2562048h CMD true", "'2562048h' is no duration for '--timeout'" },
	{ "HEALTHCHECK --start-period=x CMD true", "'x' is no duration for '--start-period'" },
	{ "HEALTHCHECK --retries=2147483647 CMD true", NULL },
	{ "HEALTHCHECK --retries=0 CMD true", NULL },
	{ "HEALTHCHECK --retries=9 CMD true", NULL },
	{ "HEALTHCHECK --retries=x CMD true", "'--retries' takes a number that is not negative" },
	{ "HEALTHCHECK --retries=2147483648 CMD true", "'--retries' is too large" },
	{ "HEALTHCHECK --retries=+ CMD true", "'--retries' takes a number" },
	{ "HEALTHCHECK --retries=-1 CMD true", "'--retries' takes a number that is not negative" },
	{ "HEALTHCHECK --retries=1: CMD true", "'--retries' takes a number that is not negative" },
	{ "HEALTHCHECK --interval=1s --retries=x NONE", NULL },
	{ "ONBUILD HEALTHCHECK CMD", NULL },
};

static void refuses_a_healthcheck_that_the_builder_refuses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_refusal(cases[i].error, "FROM a\n", cases[i].line, "\nFROM a\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_a_healthcheck_that_the_builder_refuses),
	};

	return cmocka_run_group_tests_name("healthcheck", tests, NULL, NULL);
}
