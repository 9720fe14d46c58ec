/* Compose files build the same from the merged file, by the smallest edit of their text. */
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
#define REFUSES(message, before)                                                                   \
	expect_merge("compose.yaml:" message "\n", PAIR, "compose.yaml", before, NULL)

static void lets_a_target_take_the_place_of_the_file(void **state)
{
	(void)state;
	REWRITES("services:\n"
		 "  app:\n"
		 "    build:\n"
		 "      context: .\n"
		 "      target: 'dev'   # for the desk\n"
		 "    volumes:\n"
		 "      - {type: bind, source: ., target: /srv}\n",
		 "services:\n"
		 "  app:\n"
		 "    build:\n"
		 "      context: .\n"
		 "      dockerfile: 'Dockerfile.dev'   # for the desk\n"
		 "    volumes:\n"
		 "      - {type: bind, source: ., target: /srv}\n");
	REWRITES("services: {app: {build: {context: ., target: dev}}}\n",
		 "services: {app: {build: {context: ., dockerfile: Dockerfile.dev}}}\n");
	REWRITES("{\"services\": {\"app\": {\"build\": {\"target\": \"dev\", \"context\": "
		 "\".\"}}}}\n",
		 "{\"services\": {\"app\": {\"build\": {\"dockerfile\": \"Dockerfile.dev\", "
		 "\"context\": \".\"}}}}\n");
	REWRITES("services:\r\n  app:\r\n    build:\r\n      context: .\r\n      target: dev\r\n",
		 "services:\r\n  app:\r\n    build:\r\n      context: .\r\n"
		 "      dockerfile: Dockerfile.dev\r\n");
	REWRITES("services:\n  app:\n    build:\n      \"target\":\t\"dev\"\n      context: .",
		 "services:\n  app:\n    build:\n      \"dockerfile\":\t\"Dockerfile.dev\"\n"
		 "      context: .");
}

static void changes_a_target_and_drops_the_file(void **state)
{
	(void)state;
	expect_merge(MERGED "== compose.yaml\n"
			    "services:\n"
			    "  a:\n"
			    "    build:\n"
			    "      # which one\n"
			    "      # not this\n"
			    "      context: .\n"
			    "      target: dev\n"
			    "  b: {build: {context: ., target: dev}}\n"
			    "  c: {build: {context: ., target: dev}}\n"
			    "  d:\n"
			    "    build: {\n"
			    "      context: .,\n"
			    "      target: dev,\n"
			    "    }\n"
			    "  e:\n"
			    "    build: {\n"
			    "      context: .,\n"
			    "      target: dev\n"
			    "    }\n",
		     "Dockerfile", "FROM a\nRUN prod\n", "Dockerfile.dev",
		     "FROM a AS run\nRUN dev\n", "compose.yaml",
		     "services:\n"
		     "  a:\n"
		     "    build:\n"
		     "      # which one\n"
		     "      dockerfile: Dockerfile.dev # not this\n"
		     "      context: .\n"
		     "      target: run\n"
		     "  b: {build: {context: ., dockerfile: Dockerfile.dev, target: run}}\n"
		     "  c: {build: {context: ., target: RUN, dockerfile: Dockerfile.dev}}\n"
		     "  d:\n"
		     "    build: {\n"
		     "      context: .,\n"
		     "      dockerfile: Dockerfile.dev,\n"
		     "      target: run,\n"
		     "    }\n"
		     "  e:\n"
		     "    build: {\n"
		     "      context: .,\n"
		     "      target: run,\n"
		     "      dockerfile: Dockerfile.dev\n"
		     "    }\n",
		     NULL);
}

/* The kept file is not what a context without "dockerfile" takes. */
static void names_the_kept_file_where_it_has_to(void **state)
{
	(void)state;
	expect_merge(
		"== app/compose.yaml\n"
		"services:\n"
		"  a:\n"
		"    build:\n"
		"      context: .\n"
		"      dockerfile: ../docker/Dockerfile # here\n"
		"      target: dev\n"
		"  b: {build: {context: .., dockerfile: \"docker/Dockerfile\", target: \"dev\"}}\n"
		"  c: {build: {context: ../docker, target: dev}}\n"
		"  d: {build: ../docker}\n"
		"  e: {build: {context: ., dockerfile: ../docker/Dockerfile, target: dev,\n"
		"       args: [A=1]}}\n"
		"== docker/Dockerfile\n"
		"FROM a AS base\n"
		"\n"
		"FROM base AS dev\n"
		"RUN dev\n"
		"\n"
		"FROM base AS prod\n"
		"RUN prod\n"
		"-- docker/Dockerfile.dev\n",
		"docker/Dockerfile", "FROM a\nRUN prod\n", "docker/Dockerfile.dev",
		"FROM a\nRUN dev\n", "app/compose.yaml",
		"services:\n"
		"  a:\n"
		"    build:\n"
		"      context: .\n"
		"      dockerfile: ../docker/Dockerfile.dev # here\n"
		"  b: {build: {context: .., dockerfile: \"docker/Dockerfile.dev\"}}\n"
		"  c: {build: {context: ../docker, dockerfile: Dockerfile.dev}}\n"
		"  d: {build: ../docker}\n"
		"  e: {build: {context: ., dockerfile: ../docker/Dockerfile.dev,\n"
		"       args: [A=1]}}\n",
		NULL);
}

static void changes_the_target_of_a_directory(void **state)
{
	(void)state;
	expect_merge("== compose.yaml\n"
		     "services:\n"
		     "  dev:\n"
		     "    build:\n"
		     "      context: docker/dev\n"
		     "      dockerfile: ../prod/Dockerfile\n"
		     "      target: dev\n"
		     "-- docker/dev/Dockerfile\n"
		     "== docker/prod/Dockerfile\n"
		     "FROM b AS dev\n"
		     "\n"
		     "FROM a AS prod\n",
		     "docker/prod/Dockerfile", "FROM a\n", "docker/dev/Dockerfile",
		     "FROM b AS run\n", "docker/dev/other", "", "compose.yaml",
		     "services:\n"
		     "  dev:\n"
		     "    build:\n"
		     "      context: docker/dev\n"
		     "      target: run\n",
		     NULL);
}

static void makes_a_mapping_of_a_directory(void **state)
{
	(void)state;
	expect_merge("== compose.yaml\n"
		     "services:\n"
		     "  dev:\n"
		     "    build: {context: ./docker/dev, dockerfile: ../prod/Dockerfile, target: "
		     "dev} # here\n"
		     "  prod:\n"
		     "    build: ./docker/prod\n"
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
		     "FROM a\nRUN dev\n", "docker/dev/other", "", "compose.yaml",
		     "services:\n"
		     "  dev:\n"
		     "    build: ./docker/dev # here\n"
		     "  prod:\n"
		     "    build: ./docker/prod\n",
		     NULL);
}

/* What else stands in the file is none of its business. */
static void leaves_other_builds_as_they_are(void **state)
{
	(void)state;
	REWRITES("services:\n"
		 "  a: {build: {context: ., target: dev}}\n"
		 "  b: {build: 'https://example.org/b.git'}\n"
		 "  c: {build: {context: ., dockerfile_inline: FROM a}}\n"
		 "  d: {build: {context: ., target: ''}}\n"
		 "  e: {build: {context: missing}}\n"
		 "  f: {build: ../outside}\n",
		 "services:\n"
		 "  a: {build: {context: ., dockerfile: Dockerfile.dev}}\n"
		 "  b: {build: 'https://example.org/b.git'}\n"
		 "  c: {build: {context: ., dockerfile_inline: FROM a}}\n"
		 "  d: {build: {context: ., target: ''}}\n"
		 "  e: {build: {context: missing}}\n"
		 "  f: {build: ../outside}\n");
}

static void needs_no_target_where_the_last_stage_is_the_same(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "FROM a AS prod\n"
		     "RUN x\n"
		     "-- Dockerfile.dev\n"
		     "== compose.yaml\n"
		     "services:\n"
		     "  a: {build: {context: .}}\n"
		     "  b: {build: {target: '', context: .}}\n"
		     "  c:\n"
		     "    build:\n"
		     "      dockerfile: Dockerfile\n",
		     "Dockerfile", "FROM a\nRUN x\n", "Dockerfile.dev", "FROM a\nRUN x\n",
		     "compose.yaml",
		     "services:\n"
		     "  a: {build: {context: ., dockerfile: Dockerfile.dev}}\n"
		     "  b: {build: {target: '', context: ., dockerfile: Dockerfile.dev}}\n"
		     "  c:\n"
		     "    build:\n"
		     "      dockerfile: Dockerfile.dev\n",
		     NULL);
}

/* A stage of the kept file that is called otherwise now. */
static void renames_the_target_of_the_kept_file(void **state)
{
	(void)state;
	expect_merge_as("Dockerfile", "ship", NULL,
			"== Dockerfile\n"
			"FROM a AS base\n"
			"\n"
			"FROM base AS ship\n"
			"RUN x\n"
			"-- Dockerfile.dev\n"
			"== compose.yaml\n"
			"services:\n"
			"  a: {build: {context: ., target: ship}}\n"
			"  b: {build: {context: ., target: base}}\n"
			"  c: {build: .}\n",
			"Dockerfile", "FROM a AS runtime\nRUN x\n", "Dockerfile.dev", "FROM a\n",
			"compose.yaml",
			"services:\n"
			"  a: {build: {context: ., target: runtime}}\n"
			"  b: {build: {context: ., dockerfile: Dockerfile.dev}}\n"
			"  c: {build: .}\n",
			NULL);
	expect_merge_as("Dockerfile", "ship", NULL,
			"compose.yaml:2: service 'a' builds 'Dockerfile', and its target is "
			"written in a way that is not rewritten\n",
			"Dockerfile", "FROM a AS runtime\nRUN x\n", "Dockerfile.dev", "FROM a\n",
			"compose.yaml",
			"services:\n"
			"  a: {build: {context: ., target: &t runtime}}\n",
			NULL);
}

static void refuses_what_depends_on_a_variable(void **state)
{
	(void)state;
	REFUSES("2: service 'app' builds 'Dockerfile.dev', and which one depends on a variable",
		"services:\n"
		"  app: {build: {context: ., dockerfile: Dockerfile.dev, target: "
		"\"${T:-run}\"}}\n");
	REFUSES("4: service 'app' builds 'Dockerfile.dev', and which one depends on a variable",
		"services:\n"
		"  app:\n"
		"    build:\n"
		"      dockerfile: Dockerfile.${KIND:-dev}\n"
		"      context: .\n");
}

static void refuses_what_it_cannot_write(void **state)
{
	(void)state;
	REFUSES("2: service 'a' builds 'Dockerfile.dev', and that is written in a way that is not "
		"rewritten",
		"services:\n"
		"  a: {build: {context: ., dockerfile: !!str Dockerfile.dev}}\n");
	expect_merge("compose.yaml:2: service 'a' builds 'docker/dev/Dockerfile', and that is "
		     "written in a way that is not rewritten\n",
		     "docker/prod/Dockerfile", "FROM a\n", "docker/dev/Dockerfile", "FROM b\n",
		     "compose.yaml",
		     "services:\n"
		     "  a: {build: {context: &c docker/dev}}\n",
		     NULL);
	expect_merge("docker/dev/compose.yaml:2: service 'a' builds 'docker/dev/Dockerfile', and "
		     "that is written in a way that is not rewritten\n",
		     "docker/prod/Dockerfile", "FROM a\n", "docker/dev/Dockerfile", "FROM b\n",
		     "docker/dev/compose.yaml",
		     "services:\n"
		     "  a: {build: {args: [A=1]}}\n",
		     NULL);
	expect_merge("compose.yaml:2: service 'a' builds 'Dockerfile.dev', and that is written in "
		     "a way that is not rewritten\n",
		     "Dockerfile", "FROM a\n", "Dockerfile.dev", "FROM b AS run\nRUN x\n",
		     "compose.yaml",
		     "services:\n"
		     "  a: {build: {context: ., dockerfile: Dockerfile.dev, target: &t run}}\n",
		     NULL);
	REFUSES("6: service 'app' builds 'Dockerfile.dev', and that is written in a way that is "
		"not "
		"rewritten",
		"services:\n"
		"  app:\n"
		"    build:\n"
		"      context: .\n"
		"      dockerfile:\n"
		"        Dockerfile.dev\n");
	REFUSES("1: service 'a' builds 'Dockerfile.dev', and that is written in a way that is not "
		"rewritten",
		"x-file: &file Dockerfile.dev\n"
		"services:\n"
		"  a: {build: {context: ., dockerfile: *file}}\n");
	REFUSES("4: service 'app' builds 'Dockerfile.dev', and which stage or context is not known",
		"services:\n"
		"  app:\n"
		"    build:\n"
		"      target: none\n"
		"      dockerfile: Dockerfile.dev\n"
		"      context: .\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lets_a_target_take_the_place_of_the_file),
		cmocka_unit_test(changes_a_target_and_drops_the_file),
		cmocka_unit_test(names_the_kept_file_where_it_has_to),
		cmocka_unit_test(changes_the_target_of_a_directory),
		cmocka_unit_test(makes_a_mapping_of_a_directory),
		cmocka_unit_test(leaves_other_builds_as_they_are),
		cmocka_unit_test(needs_no_target_where_the_last_stage_is_the_same),
		cmocka_unit_test(renames_the_target_of_the_kept_file),
		cmocka_unit_test(refuses_what_depends_on_a_variable),
		cmocka_unit_test(refuses_what_it_cannot_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
