#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"

/* What is judged where a variable or an argument chooses. */

static void takes_an_argument_from_who_builds(void **state)
{
	static const char dockerfile[] = "ARG VERSION\n"
					 "FROM alpine:$VERSION\n";

	(void)state;
	expect_report("Dockerfile:2:6: notice: the base 'alpine:$VERSION' is not checked: argument "
		      "'VERSION' has no value here [unresolved-variable]\n",
		      "Dockerfile", dockerfile, NULL);
	expect_report("", "Dockerfile", dockerfile, "compose.yaml",
		      "services: {a: {build: {context: ., args: {VERSION: \"3\"}}}}\n", NULL);
}

static void checks_every_value_of_a_variable(void **state)
{
	(void)state;
	expect_report_under("variables: {TARGET: [dev, prd]}\n",
			    "compose.yaml:2:35: error: service 'a' builds stage 'prd', which "
			    "'Dockerfile' does not have [unknown-stage]\n",
			    "Dockerfile", "FROM alpine AS dev\nFROM dev AS prod\n", "compose.yaml",
			    "services:\n"
			    "  a: {build: {context: ., target: \"${TARGET}\"}}\n",
			    NULL);
}

static void asks_of_each_base_whether_its_argument_has_a_value(void **state)
{
	(void)state;
	expect_report("Dockerfile:4:6: notice: the base 'b:$B' is not checked: argument 'B' has no "
		      "value here [unresolved-variable]\n"
		      "Dockerfile:6:6: notice: the base 'a:$A' is not checked: argument 'A' has no "
		      "value here [unresolved-variable]\n",
		      "Dockerfile",
		      "ARG A\nARG B\nFROM c AS one\nFROM b:$B AS two\n"
		      "FROM c AS three\nFROM a:$A\nCOPY --from=one . .\n"
		      "COPY --from=two . .\nCOPY --from=three . .\n",
		      NULL);
}

static void checks_every_value_behind_another_variable(void **state)
{
	(void)state;
	expect_report_under("variables: {STAGE: [dev, prd]}\n",
			    "compose.yaml:2:35: error: service 'a' builds stage 'prd', which "
			    "'Dockerfile' does not have [unknown-stage]\n",
			    ".env", "TARGET=$STAGE\n", "Dockerfile",
			    "FROM alpine AS dev\nFROM dev AS prod\n", "compose.yaml",
			    "services:\n"
			    "  a: {build: {context: ., target: \"${TARGET}\"}}\n",
			    NULL);
}

/* Both include the same file, whose variables stand for their own. */
static void takes_the_variables_of_who_includes(void **state)
{
	static const char including[] = "include: [../parts/one.yml]\n";

	(void)state;
	expect_report("parts/one.yml:2:36: error: service 'a' builds stage 'prd', which "
		      "'Dockerfile' does not have [unknown-stage]\n",
		      "Dockerfile", "FROM alpine AS dev\nFROM dev AS prod\n", "parts/.env",
		      "TARGET=$STAGE\n", "parts/one.yml",
		      "services:\n"
		      "  a: {build: {context: .., target: \"${TARGET}\"}}\n",
		      "one/compose.yaml", including, "one/.env", "STAGE=dev\n", "two/compose.yaml",
		      including, "two/.env", "STAGE=prd\n", NULL);
}

static void blames_no_target_that_is_not_known(void **state)
{
	(void)state;
	expect_report("compose.yaml:1:44: notice: service 's' is not checked: variable 'X' has no "
		      "value here [unresolved-variable]\n",
		      "Dockerfile", "FROM a AS one\nFROM b AS two\n", "compose.yaml",
		      "services: {s: {build: {context: ., target: $X}}}\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_an_argument_from_who_builds),
		cmocka_unit_test(checks_every_value_of_a_variable),
		cmocka_unit_test(asks_of_each_base_whether_its_argument_has_a_value),
		cmocka_unit_test(checks_every_value_behind_another_variable),
		cmocka_unit_test(takes_the_variables_of_who_includes),
		cmocka_unit_test(blames_no_target_that_is_not_known),
	};

	return cmocka_run_group_tests_name("variables of rules", tests, NULL, NULL);
}
