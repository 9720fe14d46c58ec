/* Who speaks of a file that goes away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/merged.h"

#define API TWO_FILES("api/")
#define API_MERGED ONE_FILE("api/")

static void finds_what_may_be_run(void **state)
{
	(void)state;
	expect_merge("Makefile:1! Dockerfile.dev\n"
		     "Makefile:2! Dockerfile.dev\n"
		     "Makefile:3! Dockerfile.dev\n"
		     "Makefile:4! Dockerfile.\n"
		     "Makefile:5! Dockerfile\n"
		     "README.md:1: Dockerfile.dev\n" API_MERGED,
		     API, "Makefile",
		     "\tdocker build -f api/Dockerfile.dev api\n"
		     "\tcd api && docker build -f ./Dockerfile.dev .\n"
		     "\tdocker build -f $(DIR)/Dockerfile.dev api\n"
		     "\tdocker build -f api/Dockerfile.${KIND} api\n"
		     "\tdocker build -f api/Dockerfile$SUFFIX api\n"
		     "\tdocker build -f web/Dockerfile.dev web\n"
		     "\tdocker build -f api/Dockerfile.develop api\n"
		     "\tgrep 'Dockerfile$' list\n",
		     "README.md", "See `Dockerfile.dev`.\n", NULL);
}

/* The other service stays as it is: its own builds name its own file. */
static void leaves_out_a_file_of_that_name_that_stays(void **state)
{
	(void)state;
	expect_merge("web/Dockerfile.dev:1: its escape character is not that of "
		     "'web/Dockerfile'\n" API_MERGED "== compose.yaml\n"
		     "services:\n"
		     "  api:\n"
		     "    build:\n"
		     "      context: api\n"
		     "      target: dev\n"
		     "  web: {build: {context: web, dockerfile: Dockerfile.dev}}\n",
		     API, "web/Dockerfile", "FROM a\n", "web/Dockerfile.dev",
		     "# escape=`\nFROM a\n", "build.sh", "docker build -f web/Dockerfile.dev web\n",
		     "compose.yaml",
		     "services:\n"
		     "  api:\n"
		     "    build:\n"
		     "      context: api\n"
		     "      dockerfile: Dockerfile.dev\n"
		     "  web: {build: {context: web, dockerfile: Dockerfile.dev}}\n",
		     NULL);
}

static void merges_services_whose_variants_have_one_name(void **state)
{
	(void)state;
	expect_merge(API_MERGED "== compose.yaml\n"
				"services:\n"
				"  api: {build: {context: api, target: dev}}\n"
				"  web: {build: {context: web, target: base}}\n"
				"== web/Dockerfile\n"
				"FROM b AS base\n"
				"\n"
				"FROM base AS prod\n"
				"RUN prod\n"
				"-- web/Dockerfile.dev\n",
		     API, "web/Dockerfile", "FROM b\nRUN prod\n", "web/Dockerfile.dev", "FROM b\n",
		     "compose.yaml",
		     "services:\n"
		     "  api: {build: {context: api, dockerfile: Dockerfile.dev}}\n"
		     "  web: {build: {context: web, dockerfile: Dockerfile.dev}}\n",
		     NULL);
}

static void finds_a_file_that_copies_itself(void **state)
{
	(void)state;
	expect_merge("Dockerfile:4: Dockerfile.dev\n"
		     "Dockerfile:5! Dockerfile.dev\n"
		     "== Dockerfile\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS dev\n"
		     "# docker build -f Dockerfile.dev .\n"
		     "COPY Dockerfile.dev /\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN prod\n"
		     "-- Dockerfile.dev\n",
		     "Dockerfile", "FROM a\nRUN prod\n", "Dockerfile.dev",
		     "FROM a\n# docker build -f Dockerfile.dev .\nCOPY Dockerfile.dev /\n", NULL);
}

static void finds_directories_and_names_before_the_word(void **state)
{
	(void)state;
	expect_merge("build.sh:1! dev\n"
		     "build.sh:2! dev/Dockerfile\n"
		     "build.sh:3! /Dockerfile\n"
		     "== compose.yaml\n"
		     "services:\n"
		     "  dev:\n"
		     "    build:\n"
		     "      context: docker/dev\n"
		     "      dockerfile: ../prod/Dockerfile\n"
		     "      target: dev\n"
		     "-- docker/dev/Dockerfile\n"
		     "== docker/prod/Dockerfile\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS dev\n"
		     "RUN dev\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN prod\n",
		     "docker/prod/Dockerfile", "FROM a\nRUN prod\n", "docker/dev/Dockerfile",
		     "FROM a\nRUN dev\n", "docker/dev/notes", "", "build.sh",
		     "docker build docker/dev\n"
		     "docker build -f docker/dev/Dockerfile .\n"
		     "docker build -f docker/$KIND/Dockerfile .\n"
		     "npm run dev\n"
		     "docker build -v docker/dev/notes x\n",
		     "compose.yaml",
		     "services:\n"
		     "  dev:\n"
		     "    build:\n"
		     "      context: docker/dev\n",
		     NULL);
}

static void finds_an_end_of_a_name_whose_beginning_is_made_up(void **state)
{
	(void)state;
	expect_merge("build.sh:1! dev.Dockerfile\n"
		     "build.sh:2! .Dockerfile\n"
		     "== Dockerfile\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS dev\n"
		     "RUN dev\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN prod\n"
		     "-- dev.Dockerfile\n",
		     "Dockerfile", "FROM a\nRUN prod\n", "dev.Dockerfile", "FROM a\nRUN dev\n",
		     "build.sh",
		     "docker build -f dev.Dockerfile .\n"
		     "docker build -f $KIND.Dockerfile .\n",
		     "build", "-> build.sh", "empty", "", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_may_be_run),
		cmocka_unit_test(leaves_out_a_file_of_that_name_that_stays),
		cmocka_unit_test(merges_services_whose_variants_have_one_name),
		cmocka_unit_test(finds_a_file_that_copies_itself),
		cmocka_unit_test(finds_directories_and_names_before_the_word),
		cmocka_unit_test(finds_an_end_of_a_name_whose_beginning_is_made_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
