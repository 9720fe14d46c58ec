/* What is laid over another file, or shared with others, builds the same from the merged file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/merged.h"

#define PAIR TWO_FILES("")
#define MERGED ONE_FILE("")

#define REWRITES(after, before)                                                                    \
	expect_merge(MERGED "== compose.yaml\n" after, PAIR, "compose.yaml", before, NULL)

/* The target of the main file would be applied to the other Dockerfile, too. */
static void writes_the_target_of_an_override_into_the_override(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS dev\n"
		     "RUN dev\n"
		     "\n"
		     "FROM base AS app\n"
		     "RUN prod\n"
		     "-- Dockerfile.dev\n"
		     "== compose.override.yaml\n"
		     "services:\n"
		     "  app: {build: {target: dev}}\n",
		     "Dockerfile", "FROM a AS app\nRUN prod\n", "Dockerfile.dev",
		     "FROM a AS app\nRUN dev\n", "compose.yaml",
		     "services:\n  app: {build: {context: ., target: app}}\n",
		     "compose.override.yaml",
		     "services:\n  app: {build: {dockerfile: Dockerfile.dev}}\n", NULL);
}

/* The target that takes the place of a Dockerfile would be inherited. */
static void gives_an_override_that_names_the_kept_file_a_target(void **state)
{
	(void)state;
	expect_merge(MERGED "== compose.prod.yaml\n"
			    "services:\n"
			    "  app:\n"
			    "    build:\n"
			    "      dockerfile: Dockerfile\n"
			    "      target: prod\n"
			    "  db: {restart: always}\n"
			    "== compose.yaml\n"
			    "services:\n"
			    "  app:\n"
			    "    build:\n"
			    "      context: .\n"
			    "      dockerfile: Dockerfile\n"
			    "      target: dev\n"
			    "  db: {image: x}\n",
		     PAIR, "compose.yaml",
		     "services:\n"
		     "  app:\n"
		     "    build:\n"
		     "      context: .\n"
		     "      dockerfile: Dockerfile.dev\n"
		     "  db: {image: x}\n",
		     "compose.prod.yaml",
		     "services:\n"
		     "  app:\n"
		     "    build:\n"
		     "      dockerfile: Dockerfile\n"
		     "  db: {restart: always}\n",
		     NULL);
}

static void changes_the_target_of_an_override_for_itself(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS dev\n"
		     "RUN dev\n"
		     "\n"
		     "FROM base AS app\n"
		     "RUN prod\n"
		     "-- Dockerfile.dev\n"
		     "== compose.override.yaml\n"
		     "services:\n"
		     "  app: {build: {target: dev}}\n"
		     "== compose.yaml\n"
		     "services:\n"
		     "  app: {build: {context: ., dockerfile: Dockerfile, target: dev}}\n",
		     "Dockerfile", "FROM a AS app\nRUN prod\n", "Dockerfile.dev",
		     "FROM a AS app\nRUN dev\n", "compose.yaml",
		     "services:\n"
		     "  app: {build: {context: ., dockerfile: Dockerfile.dev}}\n",
		     "compose.override.yaml", "services:\n  app: {build: {target: app}}\n", NULL);
}

static void leaves_what_others_share(void **state)
{
	(void)state;
	REWRITES("x-build: &build\n"
		 "  context: .\n"
		 "  target: dev\n"
		 "services:\n"
		 "  a: {build: *build}\n"
		 "  b: {build: {<<: *build, args: [A=1]}}\n"
		 "  c: {build: .}\n",
		 "x-build: &build\n"
		 "  context: .\n"
		 "  dockerfile: Dockerfile.dev\n"
		 "services:\n"
		 "  a: {build: *build}\n"
		 "  b: {build: {<<: *build, args: [A=1]}}\n"
		 "  c: {build: .}\n");
	REWRITES("x-build: &build {context: .}\n"
		 "services:\n"
		 "  a: {build: {<<: *build, target: dev}}\n"
		 "  b: {build: *build}\n",
		 "x-build: &build {context: .}\n"
		 "services:\n"
		 "  a: {build: {<<: *build, dockerfile: Dockerfile.dev}}\n"
		 "  b: {build: *build}\n");
}

/* Without its own key a build would take what the anchor says. */
static void goes_on_to_name_the_file_where_another_one_is_inherited(void **state)
{
	(void)state;
	REWRITES("x-build: &build {context: ., dockerfile: other/Dockerfile}\n"
		 "services:\n"
		 "  a:\n"
		 "    build:\n"
		 "      <<: *build\n"
		 "      dockerfile: Dockerfile # dev\n"
		 "      target: dev\n",
		 "x-build: &build {context: ., dockerfile: other/Dockerfile}\n"
		 "services:\n"
		 "  a:\n"
		 "    build:\n"
		 "      <<: *build\n"
		 "      dockerfile: Dockerfile.dev # dev\n");
}

static void follows_extends_into_other_files(void **state)
{
	(void)state;
	expect_merge(MERGED "== common.yaml\n"
			    "services:\n"
			    "  base:\n"
			    "    build:\n"
			    "      context: .\n"
			    "      target: dev\n",
		     PAIR, "common.yaml",
		     "services:\n"
		     "  base:\n"
		     "    build:\n"
		     "      context: .\n"
		     "      dockerfile: Dockerfile.dev\n",
		     "compose.yaml",
		     "services:\n"
		     "  app:\n"
		     "    extends: {file: common.yaml, service: base}\n"
		     "    profiles: [dev]\n",
		     NULL);
}

/* A target that is reached by extends is changed there, where nothing else wants it. */
static void changes_a_target_of_another_file(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "FROM b AS dev\n"
		     "\n"
		     "FROM a AS prod\n"
		     "-- Dockerfile.dev\n"
		     "== common.yaml\n"
		     "services:\n"
		     "  base: {build: {context: ., target: dev}}\n"
		     "== compose.yaml\n"
		     "services:\n"
		     "  app:\n"
		     "    extends: {file: common.yaml, service: base}\n"
		     "    build:\n"
		     "      args: [A=1]\n",
		     "Dockerfile", "FROM a\n", "Dockerfile.dev", "FROM b AS run\n", "common.yaml",
		     "services:\n"
		     "  base: {build: {context: ., target: run}}\n",
		     "compose.yaml",
		     "services:\n"
		     "  app:\n"
		     "    extends: {file: common.yaml, service: base}\n"
		     "    build:\n"
		     "      dockerfile: Dockerfile.dev\n"
		     "      args: [A=1]\n",
		     NULL);
}

/* Each has a service of that name, and its own files. */
static void tells_services_of_one_name_apart(void **state)
{
	(void)state;
	expect_merge(MERGED "== a/compose.prod.yaml\n"
			    "services: {app: {build: {context: .., target: dev}}}\n"
			    "== a/compose.yaml\n"
			    "services: {app: {build: {context: .., target: dev}}}\n"
			    "== b/compose.yaml\n"
			    "services: {app: {build: {context: .., target: dev}}}\n",
		     PAIR, "a/compose.yaml",
		     "services: {app: {build: {context: .., dockerfile: Dockerfile.dev}}}\n",
		     "a/compose.prod.yaml",
		     "services: {app: {build: {context: .., dockerfile: Dockerfile.dev}}}\n",
		     "b/compose.yaml",
		     "services: {app: {build: {context: .., dockerfile: Dockerfile.dev}}}\n", NULL);
}

/* One builds a stage of it, the other a stage of the same name of another file. */
static void refuses_a_target_that_two_files_share(void **state)
{
	(void)state;
	expect_merge(
		"compose.yaml:1: service 'a' builds 'Dockerfile.dev', and that is written in a "
		"way that is not rewritten\n",
		"Dockerfile", "FROM a AS run\nRUN prod\n", "Dockerfile.dev",
		"FROM a AS run\nRUN dev\n", "compose.yaml",
		"x-target: &target run\n"
		"services:\n"
		"  a: {build: {context: ., target: *target, dockerfile: Dockerfile.dev}}\n"
		"  b: {build: {context: ., target: *target}}\n",
		NULL);
}

/* Alone it seems to build something else. */
static void refuses_to_take_a_file_from_what_may_be_laid_over_the_default_one(void **state)
{
	(void)state;
	expect_merge("compose.dev.yaml:2: service 'web' builds 'app/Dockerfile.dev', and that is "
		     "written in a way that is not rewritten\n",
		     "app/Dockerfile", "FROM a\nRUN a\nRUN b\n", "app/Dockerfile.dev",
		     "FROM a\nRUN a\nRUN c\n", "compose.yaml", "services:\n  web: {build: app}\n",
		     "compose.dev.yaml",
		     "services:\n  web: {build: {dockerfile: Dockerfile.dev}}\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_to_take_a_file_from_what_may_be_laid_over_the_default_one),
		cmocka_unit_test(writes_the_target_of_an_override_into_the_override),
		cmocka_unit_test(gives_an_override_that_names_the_kept_file_a_target),
		cmocka_unit_test(changes_the_target_of_an_override_for_itself),
		cmocka_unit_test(leaves_what_others_share),
		cmocka_unit_test(goes_on_to_name_the_file_where_another_one_is_inherited),
		cmocka_unit_test(follows_extends_into_other_files),
		cmocka_unit_test(changes_a_target_of_another_file),
		cmocka_unit_test(tells_services_of_one_name_apart),
		cmocka_unit_test(refuses_a_target_that_two_files_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
