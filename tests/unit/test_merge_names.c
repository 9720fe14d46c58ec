/* What stages are called in the merged file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/merged.h"

#define PAIR(kept, variant) "Dockerfile", kept, "Dockerfile.dev", variant, NULL

static void keeps_off_the_names_of_images_and_contexts(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "FROM base AS base-2\n"
		     "\n"
		     "FROM base-2 AS dev-2\n"
		     "COPY --from=dev /x /\n"
		     "\n"
		     "FROM base-2 AS production\n"
		     "COPY --from=assets /x /\n"
		     "-- Dockerfile.dev\n"
		     "== compose.yaml\n"
		     "services:\n"
		     "  a: {build: {context: ., additional_contexts: {prod: ./x}}}\n"
		     "  b: {build: {context: ., target: dev-2}}\n",
		     "Dockerfile", "FROM base\nCOPY --from=assets /x /\n", "Dockerfile.dev",
		     "FROM base\nCOPY --from=dev /x /\n", "compose.yaml",
		     "services:\n"
		     "  a: {build: {context: ., additional_contexts: {prod: ./x}}}\n"
		     "  b: {build: {context: ., dockerfile: Dockerfile.dev}}\n",
		     NULL);
}

static void refuses_a_stage_that_would_be_taken_for_an_image(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:1: the image 'node' could be taken for the stage of that name "
		     "in line 1 of 'Dockerfile'\n"
		     "Dockerfile.dev:2: the image 'node' could be taken for the stage of that name "
		     "in line 1 of 'Dockerfile'\n",
		     PAIR("FROM node:20 AS node\nFROM node\nRUN x\n",
			  "FROM node\nCOPY --from=node /x /\n"));
}

static void takes_the_names_that_are_wanted(void **state)
{
	(void)state;
	expect_merge_as("Dockerfile.dev", "work", NULL,
			"== Dockerfile\n"
			"FROM a AS base\n"
			"\n"
			"FROM base AS work\n"
			"\n"
			"FROM base AS prod\n"
			"RUN x\n"
			"-- Dockerfile.dev\n",
			PAIR("FROM a\nRUN x\n", "FROM a\n"));
	expect_merge_as("Dockerfile", "ship", NULL,
			"== Dockerfile\n"
			"FROM a AS base\n"
			"\n"
			"FROM base AS ship\n"
			"RUN x\n"
			"-- Dockerfile.dev\n",
			PAIR("FROM a AS runtime\nRUN x\n", "FROM a\n"));
	expect_merge_as("Dockerfile.dev", "b", NULL,
			"Dockerfile.dev:0: 'b' is the name of something else already\n",
			PAIR("FROM a AS b\nFROM b\nRUN x\n", "FROM c\n"));
	expect_merge_as("Dockerfile.dev", "b..c", NULL,
			"Dockerfile.dev:0: 'b..c' is no name for a stage\n",
			PAIR("FROM a\nRUN x\n", "FROM c\n"));
	expect_merge_as("Dockerfile.dev", "1b", NULL,
			"Dockerfile.dev:0: '1b' is no name for a stage\n",
			PAIR("FROM a\nRUN x\n", "FROM c\n"));
	expect_merge_as("Dockerfile.dev", "Work", NULL,
			"Dockerfile.dev:0: 'Work' is no name for a stage\n",
			PAIR("FROM a\nRUN x\n", "FROM c\n"));
}

/* Whatever files and directories are called. */
static void makes_names_of_files(void **state)
{
	static const char *const files[][2] = {
		{ "Containerfile", "containerfile" }, { "Dockerfile.1", "variant-1" },
		{ "DevDockerfile", "dev" },           { "Dockerfile_e2e-test", "e2e-test" },
		{ "Dockerfile.dev..", "dev" },        { "Dockerfile.t\xC3\xA9st", "t-st" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char expected[200];

		snprintf(expected, sizeof(expected),
			 "== Dockerfile\nFROM b AS %s\n\nFROM a AS prod\n-- %s\n", files[i][1],
			 files[i][0]);
		if (strcmp(files[i][0], "Dockerfile") < 0)
			snprintf(expected, sizeof(expected),
				 "-- %s\n== Dockerfile\nFROM b AS %s\n\nFROM a AS prod\n",
				 files[i][0], files[i][1]);
		expect_merge(expected, "Dockerfile", "FROM a\n", files[i][0], "FROM b\n", NULL);
	}
}

static void names_a_stage_after_its_directory(void **state)
{
	(void)state;
	expect_merge("-- b/dev/my_app.2-/Dockerfile\n"
		     "== b/prod/my_app.2-/Dockerfile\n"
		     "FROM b AS my_app.2\n"
		     "\n"
		     "FROM a AS prod\n"
		     "== compose.yaml\n"
		     "services:\n"
		     "  dev:\n"
		     "    build:\n"
		     "      context: .\n"
		     "      dockerfile: b/prod/my_app.2-/Dockerfile\n"
		     "      target: my_app.2\n",
		     "b/prod/my_app.2-/Dockerfile", "FROM a\n", "b/dev/my_app.2-/Dockerfile",
		     "FROM b\n", "compose.yaml",
		     "services:\n"
		     "  dev:\n"
		     "    build:\n"
		     "      context: .\n"
		     "      dockerfile: b/dev/my_app.2-/Dockerfile\n",
		     NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_off_the_names_of_images_and_contexts),
		cmocka_unit_test(refuses_a_stage_that_would_be_taken_for_an_image),
		cmocka_unit_test(takes_the_names_that_are_wanted),
		cmocka_unit_test(makes_names_of_files),
		cmocka_unit_test(names_a_stage_after_its_directory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
