/* Which files can be merged at all, and that their text survives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "tests/support/merged.h"

#define PAIR(kept, variant) "Dockerfile", kept, "Dockerfile.dev", variant
#define MERGED                                                                                     \
	"== Dockerfile\n"                                                                          \
	"FROM a AS base\n"                                                                         \
	"\n"                                                                                       \
	"FROM base AS prod\n"                                                                      \
	"RUN x\n"                                                                                  \
	"-- Dockerfile.dev\n"

static void keeps_comments_heredocs_and_blank_lines(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "# about prod\n"
		     "\n"
		     "# the image\n"
		     "FROM a AS base\n"
		     "\n"
		     "# packages\n"
		     "# packages of dev\n"
		     "# inside of dev\n"
		     "RUN one \\\n"
		     "    # inside\n"
		     "    && two\n"
		     "\n"
		     "# about dev\n"
		     "from base as dev\n"
		     "\n"
		     "run <<EOF\n"
		     "# no comment\n"
		     "FROM nothing\n"
		     "EOF\n"
		     "# the end of dev\n"
		     "\n"
		     "FROM base AS prod\n"
		     "\n"
		     "\n"
		     "# source\n"
		     "COPY . .\n"
		     "# the end\n"
		     "-- Dockerfile.dev\n",
		     PAIR("# about prod\n\n# the image\nFROM a\n\n# packages\nRUN one \\\n"
			  "    # inside\n    && two\n\n\n# source\nCOPY . .\n# the end",
			  "\n\n# about dev\nfrom a\n# packages of dev\nRUN one \\\n"
			  "    # inside of dev\n    && two\n\nrun <<EOF\n# no comment\n"
			  "FROM nothing\nEOF\n# the end of dev\n"),
		     NULL);
}

/* Where a file ends in one, no other is put between it and the next stage. */
static void parts_stages_by_one_blank_line(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS dev\n"
		     "RUN y\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN x\n"
		     "-- Dockerfile.dev\n",
		     PAIR("\nFROM a\nRUN x\n", "FROM a\nRUN y\n\n"), NULL);
	expect_merge("== Dockerfile\n"
		     "FROM a AS base\r\n"
		     "\r\n"
		     "FROM base AS dev\r\n"
		     "RUN y\r\n"
		     "\r\n"
		     "FROM base AS prod\r\n"
		     "RUN x\r\n"
		     "-- Dockerfile.dev\n",
		     PAIR("\r\nFROM a\r\nRUN x\r\n", "FROM a\r\nRUN y\r\n\r\n"), NULL);
}

static void keeps_ends_of_lines(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "FROM a AS base\r\n"
		     "\r\n"
		     "FROM base AS dev\r\n"
		     "RUN <<EOF\r\n"
		     "y\r\n"
		     "EOF\r\n"
		     "\r\n"
		     "FROM base AS prod\r\n"
		     "RUN x\r\n"
		     "-- Dockerfile.dev\n",
		     PAIR("FROM a\r\nRUN x", "FROM a\r\nRUN <<EOF\r\ny\r\nEOF"), NULL);
	expect_merge("Dockerfile:0: some lines of the files end in CR LF and some in LF alone\n",
		     PAIR("FROM a\nRUN x\n", "FROM a\r\nRUN x\r\n"), NULL);
}

/* The next FROM would become a part of it. */
static void refuses_a_line_that_goes_on_at_the_end(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:2: its last line goes on behind the end of the file\n",
		     PAIR("FROM a\nRUN x\n", "FROM a\nRUN y \\\n"), NULL);
	expect_merge("Dockerfile.dev:4: its last line goes on behind the end of the file\n",
		     PAIR("FROM a\nRUN x\n", "FROM a\nRUN y \\\n\n# more\n"), NULL);
	expect_merge("== Dockerfile\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN x \\\n"
		     "-- Dockerfile.dev\n",
		     PAIR("FROM a\nRUN x \\", "FROM a\n"), NULL);
}

static void refuses_what_the_builder_or_we_cannot_read(void **state)
{
	(void)state;
	expect_refused("Dockerfile.dev:2: the builder refuses it: ",
		       PAIR("FROM a\n", "FROM a\nRUNS x\n"), NULL);
	expect_refused("Dockerfile.dev:1: the builder refuses it: there is no FROM in the file",
		       PAIR("FROM a\n", "ARG A=1\n"), NULL);
	expect_refused("Dockerfile.dev:0: it was not read: ",
		       PAIR("FROM a\n", "# syntax=example.org/other\nFROM a\n"), NULL);
	expect_merge("Dockerfile.dev:0: it is a symbolic link to 'other'\n",
		     PAIR("FROM a\n", "-> other"), "other", "FROM b\n", NULL);
}

static void takes_an_ignore_file_away_that_says_the_same(void **state)
{
	(void)state;
	expect_merge(MERGED "-- Dockerfile.dev.dockerignore\n", PAIR("FROM a\nRUN x\n", "FROM a\n"),
		     ".dockerignore", "# ours\nnode_modules\n\n", "Dockerfile.dev.dockerignore",
		     "node_modules \n", NULL);
	expect_merge(MERGED "-- Dockerfile.dev.dockerignore\n", PAIR("FROM a\nRUN x\n", "FROM a\n"),
		     "Dockerfile.dockerignore", "x\n", "Dockerfile.dev.dockerignore", "x\n", NULL);
	expect_merge(MERGED "-- Dockerfile.dev.containerignore\n",
		     PAIR("FROM a\nRUN x\n", "FROM a\n"), "Dockerfile.containerignore", "x\n",
		     "Dockerfile.dev.containerignore", "\nx\n", NULL);
}

static void refuses_files_that_ignore_others(void **state)
{
	(void)state;
	expect_merge(
		"Dockerfile.dev:0: 'Dockerfile.dev.dockerignore' and '.dockerignore' differ, so "
		"that COPY would bring other files\n",
		PAIR("FROM a\n", "FROM a\n"), "Dockerfile.dev.dockerignore", "x\n", NULL);
	expect_merge("Dockerfile:0: 'Dockerfile.dockerignore' and '.dockerignore' differ, so that "
		     "COPY would bring other files\n",
		     PAIR("FROM a\n", "FROM a\n"), "Dockerfile.dockerignore", "x\n",
		     ".dockerignore", "y\n", NULL);
	expect_merge(
		"Dockerfile.dev:0: 'Dockerfile.dev.dockerignore' and 'Dockerfile.dockerignore' "
		"differ, so that COPY would bring other files\n",
		PAIR("FROM a\n", "FROM a\n"), "Dockerfile.dockerignore", "x\n",
		"Dockerfile.dev.dockerignore", "!x\n", NULL);
	expect_merge("Dockerfile.dev:0: 'Dockerfile.dev.containerignore' and "
		     "'Dockerfile.containerignore' differ, so that COPY would bring other files\n",
		     PAIR("FROM a\n", "FROM a\n"), "Dockerfile.dev.containerignore", "x\n", NULL);
	expect_merge("Dockerfile.dev:0: 'Dockerfile.dev.containerignore' and "
		     "'Dockerfile.containerignore' differ, so that COPY would bring other files\n",
		     PAIR("FROM a\n", "FROM a\n"), "Dockerfile.containerignore", "x\n",
		     "Dockerfile.dev.containerignore", "y\n", NULL);
}

/* What the builds of the variant leave out is what counts, wherever the kept file is built. */
static void compares_with_the_contexts_of_the_variant(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:0: 'Dockerfile.dev.dockerignore' and 'dev/.dockerignore' "
		     "differ, so that COPY would bring other files\n",
		     PAIR("FROM a\nRUN x\n", "FROM a\n"), ".dockerignore", "x\n",
		     "Dockerfile.dev.dockerignore", "x\n", "dev/other", "", "compose.yaml",
		     "services:\n"
		     "  prod: {build: .}\n"
		     "  dev: {build: {context: dev, dockerfile: ../Dockerfile.dev}}\n"
		     "  db: {build: {context: ., dockerfile_inline: FROM a}}\n",
		     NULL);
	expect_merge(MERGED "-- Dockerfile.dev.dockerignore\n"
			    "== compose.yaml\n"
			    "services:\n"
			    "  prod: {build: .}\n"
			    "  dev: {build: {context: dev, dockerfile: ../Dockerfile, target: "
			    "base}}\n",
		     PAIR("FROM a\nRUN x\n", "FROM a\n"), "Dockerfile.dev.dockerignore", "x\n",
		     "dev/.dockerignore", "x\n", "compose.yaml",
		     "services:\n"
		     "  prod: {build: .}\n"
		     "  dev: {build: {context: dev, dockerfile: ../Dockerfile.dev}}\n",
		     NULL);
	/* Also that of a file which another one is laid over. */
	expect_merge("Dockerfile.dev:0: 'Dockerfile.dev.dockerignore' and 'dev/.dockerignore' "
		     "differ, so that COPY would bring other files\n",
		     PAIR("FROM a\nRUN x\n", "FROM a\n"), ".dockerignore", "x\n",
		     "Dockerfile.dev.dockerignore", "x\n", "dev/other", "", "compose.yaml",
		     "services:\n"
		     "  dev: {build: {context: dev, dockerfile: ../Dockerfile.dev}}\n",
		     "compose.override.yaml",
		     "services:\n"
		     "  dev: {build: {context: ., dockerfile: Dockerfile.dev}}\n",
		     NULL);
	expect_merge("Dockerfile:0: 'Dockerfile.dockerignore' and 'dev/.dockerignore' differ, so "
		     "that COPY would bring other files\n",
		     PAIR("FROM a\n", "FROM a\n"), "Dockerfile.dockerignore", "x\n",
		     ".dockerignore", "x\n", "dev/other", "", "compose.yaml",
		     "services:\n"
		     "  dev: {build: {context: dev, dockerfile: ../Dockerfile.dev}}\n",
		     NULL);
}

static void refuses_another_directory_without_a_context(void **state)
{
	(void)state;
	expect_merge("docker/dev/Dockerfile:0: it is in another directory than "
		     "'docker/prod/Dockerfile', and nothing says in which context it is built\n",
		     "docker/prod/Dockerfile", "FROM a\n", "docker/dev/Dockerfile", "FROM a\n",
		     NULL);
	expect_merge(
		"compose.yaml:2: service 'dev' is built in 'docker/dev', in which nothing would "
		"be left\n",
		"docker/prod/Dockerfile", "FROM a\n", "docker/dev/Dockerfile", "FROM a\n",
		"compose.yaml", "services:\n  dev: {build: docker/dev}\n", NULL);
	/* Others that are built say nothing of it. */
	expect_merge("docker/dev/Dockerfile:0: it is in another directory than "
		     "'docker/prod/Dockerfile', and nothing says in which context it is built\n",
		     "docker/prod/Dockerfile", "FROM a\n", "docker/dev/Dockerfile", "FROM a\n",
		     "compose.yaml",
		     "services:\n"
		     "  prod: {build: docker/prod}\n"
		     "  db: {build: {context: ., dockerfile_inline: FROM a}}\n",
		     NULL);
}

/* A file with so many bytes of comments. */
static const char *commented(struct arena *arena, size_t length)
{
	char *comments = arena_alloc(arena, length + 1);

	for (size_t i = 0; i < length; i++)
		comments[i] = i % 1000 == 999 || i + 1 == length ? '\n' : '#';
	return arena_printf(arena, "FROM a\n%sRUN y\n", comments);
}

/* Two files that can be read may be one that cannot. */
static void makes_no_file_that_is_too_large(void **state)
{
	const size_t others = sizeof("FROM a AS base\n\nFROM base AS dev\nRUN y\n\n"
				     "FROM base AS prod\nRUN x\n") -
			      1;
	struct arena arena = { 0 };

	(void)state;
	expect_refused("", PAIR("FROM a\nRUN x\n", commented(&arena, MAX_FILE_SIZE - others)),
		       NULL);
	expect_refused("Dockerfile:0: the merged file would be refused: it is larger than 1048576 "
		       "bytes\n",
		       PAIR("FROM a\nRUN x\n", commented(&arena, MAX_FILE_SIZE - others + 1)),
		       NULL);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_comments_heredocs_and_blank_lines),
		cmocka_unit_test(parts_stages_by_one_blank_line),
		cmocka_unit_test(keeps_ends_of_lines),
		cmocka_unit_test(refuses_a_line_that_goes_on_at_the_end),
		cmocka_unit_test(refuses_what_the_builder_or_we_cannot_read),
		cmocka_unit_test(takes_an_ignore_file_away_that_says_the_same),
		cmocka_unit_test(refuses_files_that_ignore_others),
		cmocka_unit_test(compares_with_the_contexts_of_the_variant),
		cmocka_unit_test(refuses_another_directory_without_a_context),
		cmocka_unit_test(makes_no_file_that_is_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
