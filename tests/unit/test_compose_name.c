#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "tests/support/compose.h"

static void takes_the_last_name_that_files_give_the_project(void **state)
{
	static const char services[] =
		"services: {a: {build: {target: '${COMPOSE_PROJECT_NAME}', args: "
		"[COMPOSE_PROJECT_NAME]}}}\n";
	static const struct {
		const char *name, *target;
	} cases[] = {
		{ "name: foo\n", "foo COMPOSE_PROJECT_NAME=foo" },
		{ "name: _-Foo Bar.9_\n", "foobar9_ COMPOSE_PROJECT_NAME=foobar9_" },
		{ "name: !!str 12\n", "12 COMPOSE_PROJECT_NAME=12" },
		{ "name: ${T}-x\n", "te-x COMPOSE_PROJECT_NAME=te-x" },
		{ "name: ${U:-d}\n", "d COMPOSE_PROJECT_NAME=d" },
		{ "<<: {name: foo}\n", "foo COMPOSE_PROJECT_NAME=foo" },
		{ "name: one\n---\nname: two\n", "two COMPOSE_PROJECT_NAME=two" },
		{ "name: ''\n", NULL },
		{ "name: ${U}-x\n", NULL },
		{ "name: ${U\n", NULL },
		{ "name: ._\n", NULL },
		{ "name: 12\n", NULL },
		{ "name: [a]\n", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena arena = { 0 };
		const char *target = cases[i].target;

		if (!target)
			target = "${COMPOSE_PROJECT_NAME} $COMPOSE_PROJECT_NAME "
				 "COMPOSE_PROJECT_NAME=?";
		expect_compose(NULL,
			       arena_printf(&arena, "compose.yml:1:32 a . Dockerfile %s\n", target),
			       "compose.yml", arena_printf(&arena, "%s%s", services, cases[i].name),
			       ".env", "T=te\n", NULL);
		arena_release(&arena);
	}
	/* Files laid over the default one may have other names: that one is read once for all. */
	expect_compose(
		NULL,
		"compose.yml:1:32 a . Dockerfile over COMPOSE_PROJECT_NAME=over +compose.yml "
		"+compose.override.yml\n"
		"compose.yml:1:32 a . Dockerfile ${COMPOSE_PROJECT_NAME} $COMPOSE_PROJECT_NAME "
		"COMPOSE_PROJECT_NAME=? +compose.yml +compose.test.yml\n",
		"compose.yml", services, "compose.override.yml", "name: over\n", "compose.test.yml",
		"name: test\nservices: {a: {}}\n", NULL);
	expect_compose(NULL, "s/c.yml:1:32 a s s/Dockerfile top COMPOSE_PROJECT_NAME=top\n",
		       "compose.yml", "name: top\ninclude: [s/c.yml]\n", "s/c.yml", services,
		       "s/.env", "COMPOSE_PROJECT_NAME=inner\n", NULL);
	expect_compose(NULL, "s/c.yml:1:32 a s s/Dockerfile top\n", "compose.yml",
		       "name: top\ninclude: [s/c.yml]\n", "s/c.yml",
		       "services: {a: {build: {target: $T}}}\n", "s/.env",
		       "T=${COMPOSE_PROJECT_NAME:-none}\n", NULL);
}

static void does_not_know_the_name_of_the_project(void **state)
{
	static const char name[] =
		"services:\n  a: {build: {target: '${COMPOSE_PROJECT_NAME:-x}'}}\n";

	(void)state;
	expect_compose(NULL,
		       "compose.yml:2:23 a . Dockerfile ${COMPOSE_PROJECT_NAME:-x} "
		       "$COMPOSE_PROJECT_NAME\n",
		       "compose.yml", name, ".env", "COMPOSE_PROJECT_NAME=\n", NULL);
	expect_compose(NULL, "compose.yml:2:23 a . Dockerfile known\n", "compose.yml", name, ".env",
		       "COMPOSE_PROJECT_NAME=known\n", NULL);
	expect_compose(NULL,
		       "s/c.yml:2:23 a s s/Dockerfile ${COMPOSE_PROJECT_NAME:-x} "
		       "$COMPOSE_PROJECT_NAME\n",
		       "compose.yml", "include: [s/c.yml]\n", "s/c.yml", name, "s/.env",
		       "COMPOSE_PROJECT_NAME=inner\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_last_name_that_files_give_the_project),
		cmocka_unit_test(does_not_know_the_name_of_the_project),
	};

	return cmocka_run_group_tests_name("compose_name", tests, NULL, NULL);
}
