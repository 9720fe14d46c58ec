#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/policy.h"
#include "tests/support/compose.h"

static const char two[] = "services: {a: {build: {target: $S}}}\n";

/* What COMPOSE_FILE of an .env file with such lines lists, of files in the directory h. */
static void expect_named(const char *environment, const char *expected)
{
	expect_compose(NULL, expected, ".env", environment, "h/a.yml",
		       "services: {a: {build: {context: x, target: t}}}\n", "h/b.yml",
		       "services: {a: {build: {target: u}}}\n", NULL);
}

static void splits_the_files_of_a_named_project(void **state)
{
	static const char both[] = "h/b.yml:1:32 a h/x h/x/Dockerfile u +h/a.yml +h/b.yml\n";
	static const char first[] = "h/a.yml:1:44 a h/x h/x/Dockerfile t\n";

	(void)state;
	expect_named("COMPOSE_FILE=h/a.yml\n", first);
	expect_named("COMPOSE_FILE=h/a.yml:h/b.yml\n", both);
	expect_named("COMPOSE_FILE=h/a.yml:h/b.yml\nCOMPOSE_PATH_SEPARATOR=\n", both);
	expect_named("COMPOSE_FILE=h/a.yml;h/b.yml\nCOMPOSE_PATH_SEPARATOR=;\n", both);
	expect_named("COMPOSE_PATH_SEPARATOR=', '\nCOMPOSE_FILE='h/a.yml, h/b.yml'\n", both);
	expect_named("COMPOSE_FILE=./h/../h/a.yml\n", first);
	expect_named("COMPOSE_FILE=\n", "");
	expect_named("A=b\n", "");
}

static void says_which_named_file_it_cannot_read(void **state)
{
	(void)state;
	expect_named("COMPOSE_FILE=h/a.yml:../b.yml\n",
		     ".env:0? '../b.yml' is outside the repository\n");
	expect_named("COMPOSE_FILE=/a.yml:h/a.yml\n",
		     ".env:0? '/a.yml' is outside the repository\n");
	expect_named("COMPOSE_FILE=https://x/a.yml\nCOMPOSE_PATH_SEPARATOR=;\n",
		     ".env:0? 'https://x/a.yml' is remote\n");
	expect_named("COMPOSE_FILE=h/a.yml:h\n",
		     ".env:0? COMPOSE_FILE names 'h', which is a directory\n");
	expect_named("COMPOSE_FILE=h/a.yml:h/c.yml\n",
		     ".env:0? COMPOSE_FILE names 'h/c.yml', which is not in the tree\n");
}

#define BELOW                                                                                      \
	"compose.yml:1:23 b x x/Dockerfile -\n"                                                    \
	"compose.yml:1:48 c z z/Dockerfile -\n"
#define ABOVE "compose.dev.yml:1:23 b y y/Dockerfile - +compose.yml +compose.dev.yml\n"

static void stands_alone_where_each_service_is_complete(void **state)
{
	static const char *const alone[] = {
		"services: {b: {build: y}}\n",
		"services: {b: {build: y}, c: {image: i}}\n",
		"services: {b: {build: y}, c: {extends: b}}\n",
		"services: {b: {build: y}, c: !reset x}\n",
	};
	static const char *const laid[] = {
		"services: {b: {build: y}, c: {command: x}}\n",
		"services: {b: {build: y}, c: }\n",
		"services: {b: {build: y}, c: {build: !reset x}}\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
		expect_compose(NULL,
			       i == 2 ? "compose.yml:1:23 b x x/Dockerfile -\n"
					"compose.dev.yml:1:23 b y y/Dockerfile -\n"
					"compose.dev.yml:1:23 c y y/Dockerfile -\n"
				      : "compose.yml:1:23 b x x/Dockerfile -\n"
					"compose.dev.yml:1:23 b y y/Dockerfile -\n",
			       "compose.yml", "services: {b: {build: x}}\n", "compose.dev.yml",
			       alone[i], NULL);
	for (size_t i = 0; i < sizeof(laid) / sizeof(laid[0]); i++)
		expect_compose(NULL,
			       i == 2 ? BELOW ABOVE
				      : BELOW ABOVE "compose.yml:1:48 c z z/Dockerfile - "
						    "+compose.yml +compose.dev.yml\n",
			       "compose.yml",
			       "services: {b: {build: x}, c: {image: i, build: z}}\n",
			       "compose.dev.yml", laid[i], NULL);
}

/* Compose looks for files that are there; a link to nothing is none. */
static void passes_over_a_link_to_nothing(void **state)
{
	(void)state;
	expect_compose(NULL,
		       "docker-compose.override.yml:1:32 a x x/Dockerfile t +docker-compose.yml "
		       "+docker-compose.override.yml\n"
		       "compose.override.yml:0? a link to what is not in the tree\n"
		       "compose.yaml:0? a link to what is not in the tree\n",
		       "compose.yaml", "->none", "docker-compose.yml",
		       "services: {a: {build: x}}\n", "compose.override.yml", "->none",
		       "docker-compose.override.yml", "services: {a: {build: {target: t}}}\n",
		       NULL);
	expect_compose(NULL, "compose.yaml:0? a link to what is not in the tree\n", "compose.yaml",
		       "->none", NULL);
}

static void goes_through_the_values_that_a_view_uses(void **state)
{
	static const char *values[] = { "one", "two" }, *others[] = { "x", "y" };
	struct policy_variable variables[] = { { .name = "S" }, { .name = "U" }, { .name = "E" } };
	struct policy policy = { 0 };

	(void)state;
	variables[0].values.items = values;
	variables[0].values.count = 2;
	variables[1].values.items = others;
	variables[1].values.count = 2;
	policy.variables.items = variables;
	policy.variables.count = 3;
	/* one that is not used takes no turn, and one without values is none */
	expect_compose(&policy,
		       "compose.yml:1:32 a . Dockerfile one\n"
		       "compose.yml:1:32 a . Dockerfile two\n",
		       "compose.yml", two, NULL);
	expect_compose(&policy, "compose.yml:1:32 a . Dockerfile e\n", "compose.yml",
		       "services: {a: {build: {target: '${E:-e}'}}}\n", NULL);
	expect_compose(&policy,
		       "compose.yml:1:32 a . Dockerfile one-x\n"
		       "compose.yml:1:32 a . Dockerfile two-x\n"
		       "compose.yml:1:32 a . Dockerfile one-y\n"
		       "compose.yml:1:32 a . Dockerfile two-y\n",
		       "compose.yml", "services: {a: {build: {target: $S-$U}}}\n", NULL);
	/* the file below is read with each of them too */
	expect_compose(&policy,
		       "compose.yml:1:32 a . Dockerfile one\n"
		       "compose.yml:1:32 a . Dockerfile two\n"
		       "compose.yml:1:32 a . Dockerfile one +compose.yml +compose.dev.yml\n"
		       "compose.yml:1:32 a . Dockerfile two +compose.yml +compose.dev.yml\n",
		       "compose.yml", two, "compose.dev.yml", "services: {a: {command: x}}\n",
		       NULL);
	/* and the policy stands above every .env file, whoever includes */
	expect_compose(&policy,
		       "s/c.yml:1:32 a s s/Dockerfile one\n"
		       "s/c.yml:1:32 a s s/Dockerfile two\n",
		       "compose.yml", "include: [s/c.yml]\n", ".env", "S=top\n", "s/.env",
		       "S=low\n", "s/c.yml", two, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_the_files_of_a_named_project),
		cmocka_unit_test(says_which_named_file_it_cannot_read),
		cmocka_unit_test(stands_alone_where_each_service_is_complete),
		cmocka_unit_test(passes_over_a_link_to_nothing),
		cmocka_unit_test(goes_through_the_values_that_a_view_uses),
	};

	return cmocka_run_group_tests_name("views of compose files", tests, NULL, NULL);
}
