/* What stands before the first FROM counts for the whole file: merging files lets it do so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/merged.h"

#define PAIR(kept, variant) "Dockerfile", kept, "Dockerfile.dev", variant, NULL

static void writes_the_same_global_argument_once(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "# which release\n"
		     "# ours\n"
		     "ARG V=20\n"
		     "ARG W=$V\n"
		     "\n"
		     "FROM node:$V AS base\n"
		     "\n"
		     "FROM base AS dev\n"
		     "ARG W\n"
		     "RUN dev\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN prod\n"
		     "-- Dockerfile.dev\n",
		     PAIR("# which release\nARG V=20\nFROM node:$V\nRUN prod\n",
			  "# ours\nARG V=20\nARG W=$V\nFROM node:$V\nARG W\nRUN dev\n"));
}

static void refuses_two_defaults(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:1: 'ARG V' has another default in line 2 of 'Dockerfile'\n",
		     PAIR("# x\nARG V=20\nFROM a:$V\n", "ARG V=18\nFROM a:$V\n"));
	expect_merge("Dockerfile.dev:1: 'ARG V' has another default in line 1 of 'Dockerfile'\n",
		     PAIR("ARG V=20\nFROM a\n", "ARG V\nFROM a\n"));
}

/* The same words after another order: W is empty in one of them. */
static void refuses_a_default_that_uses_another_one(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:2: 'ARG W' has another default in line 1 of 'Dockerfile'\n",
		     PAIR("ARG W=$V\nARG V=1\nFROM a\nARG W\nRUN x\n",
			  "ARG V=1\nARG W=$V\nFROM a\nARG W\nRUN y\n"));
}

static void refuses_what_would_leak_into_a_stage(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:2: this would see 'ARG V' of line 1 of 'Dockerfile'\n",
		     PAIR("ARG V=20\nFROM a:$V\n", "FROM b\nARG V\nRUN echo $V\n"));
	expect_merge("Dockerfile.dev:1: this would see 'ARG V' of line 1 of 'Dockerfile'\n",
		     PAIR("ARG V=20\nFROM a:$V\n", "FROM b:${V:-1}\n"));
	expect_merge("Dockerfile:1: this would see 'ARG V' of line 1 of 'Dockerfile.dev'\n",
		     PAIR("ARG W=${V}\nFROM a\n", "ARG V=1\nFROM b\n"));
}

static void tells_names_apart_that_begin_alike(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "ARG V=1\n"
		     "ARG V1=2\n"
		     "ARG V_1=3\n"
		     "\n"
		     "FROM b:$V1$V_1 AS dev\n"
		     "\n"
		     "FROM a:$V AS prod\n"
		     "-- Dockerfile.dev\n",
		     PAIR("ARG V=1\nFROM a:$V\n", "ARG V1=2\nARG V_1=3\nFROM b:$V1$V_1\n"));
}

static void refuses_an_argument_that_other_builds_would_need(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:2: this depends on the argument 'V', which has no value, and "
		     "builds of 'Dockerfile' would have to give it one, too\n",
		     PAIR("FROM a\n", "ARG V\nFROM a:$V\n"));
}

static void merges_files_that_need_the_same_argument(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "ARG V\n"
		     "\n"
		     "FROM a:$V AS base\n"
		     "\n"
		     "FROM base AS dev\n"
		     "RUN dev\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN prod\n"
		     "-- Dockerfile.dev\n",
		     PAIR("ARG V\nFROM a:$V\nRUN prod\n", "ARG V\nFROM a:$V\nRUN dev\n"));
}

static void refuses_what_knows_its_target(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:2: 'TARGETSTAGE' is another one for each target\n",
		     PAIR("FROM a\n", "FROM a\nARG TARGETSTAGE\nRUN echo $TARGETSTAGE\n"));
	expect_merge("Dockerfile.dev:1: 'TARGETSTAGE' is another one for each target\n",
		     PAIR("FROM a\n", "FROM a:${TARGETSTAGE}\n"));
	expect_merge("Dockerfile:2: 'BUILDKIT_SBOM_SCAN_STAGE' is another one for each target\n",
		     PAIR("FROM a\nARG BUILDKIT_SBOM_SCAN_STAGE=true\n", "FROM a\n"));
	expect_merge("Dockerfile:2: 'TARGETSTAGE' is another one for each target\n",
		     PAIR("FROM a\nARG A TARGETSTAGE BUILDKIT_SBOM_SCAN_STAGE\n", "FROM a\n"));
}

static void keeps_a_syntax_that_only_one_file_names(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "# syntax=docker/dockerfile:1\n"
		     "\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN b\n"
		     "-- Dockerfile.dev\n",
		     PAIR("FROM a\nRUN b\n", "# syntax=docker/dockerfile:1\nFROM a\n"));
	expect_merge(
		"== Dockerfile\n"
		"# syntax=docker.io/docker/dockerfile:latest\n"
		"\n"
		"FROM a AS base\n"
		"\n"
		"FROM base AS prod\n"
		"RUN b\n"
		"-- Dockerfile.dev\n",
		PAIR("# syntax=docker.io/docker/dockerfile:latest\nFROM a\nRUN b\n", "FROM a\n"));
}

static void keeps_directives_that_both_files_have(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "# syntax=docker/dockerfile:1.2\n"
		     "# escape=`\n"
		     "# check=error=true\n"
		     "\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN b `\n"
		     "  c\n"
		     "-- Dockerfile.dev\n",
		     PAIR("# syntax=docker/dockerfile:1.2\n# escape=`\n# check=error=true\n"
			  "FROM a\nRUN b `\n  c\n",
			  "# syntax=docker/dockerfile:1.2\n# escape=`\n# check=error=true\n"
			  "FROM a\n"));
}

static void refuses_another_syntax(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:1: its syntax is not that of line 1 of 'Dockerfile'\n",
		     PAIR("# syntax=docker/dockerfile:1\nFROM a\n",
			  "# syntax=docker/dockerfile:1.4\nFROM a\n"));
	expect_merge("Dockerfile.dev:1: its syntax is not that of line 1 of 'Dockerfile.test'\n",
		     "Dockerfile", "FROM a\n", "Dockerfile.dev",
		     "# syntax=docker/dockerfile:1\nFROM a\n", "Dockerfile.test",
		     "# syntax=docker/dockerfile:1-labs\nFROM a\n", NULL);
	expect_merge("Dockerfile:1: 'Dockerfile.dev' would be read by this release of the syntax, "
		     "too\n",
		     PAIR("# syntax=docker/dockerfile:1.2\nFROM a\n", "FROM a\n"));
}

static void refuses_another_escape(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:1: its escape character is not that of 'Dockerfile'\n",
		     PAIR("FROM a\n", "# escape=`\nFROM a\nRUN x `\n  y\n"));
	expect_merge("Dockerfile.dev:1: its escape character is not that of 'Dockerfile'\n",
		     PAIR("# escape=`\nFROM a\nRUN x `\n  y\n", "FROM a\n"));
}

static void refuses_checks_that_would_hold_for_more(void **state)
{
	(void)state;
	expect_merge("Dockerfile:1: its directive 'check' would hold for 'Dockerfile.dev', too\n",
		     PAIR("# check=skip=StageNameCasing;error=true\nFROM a\n", "FROM a\n"));
	expect_merge("Dockerfile.dev:1: 'Dockerfile' has no such directive 'check'\n",
		     PAIR("FROM a\n", "# check=error=true\nFROM a\n"));
	expect_merge("Dockerfile.dev:1: 'Dockerfile' has no such directive 'check'\n",
		     PAIR("# check=skip=all\nFROM a\n", "# check=error=true\nFROM a\n"));
}

/* A check that fails nothing only warns. */
static void keeps_a_check_that_fails_nothing(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "# check=skip=all\n"
		     "\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN b\n"
		     "-- Dockerfile.dev\n",
		     PAIR("# check=skip=all\nFROM a\nRUN b\n", "FROM a\n"));
}

/* Behind a blank line it is a comment, and so it stays. */
static void makes_no_directive_of_a_comment(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "\n"
		     "# escape=`\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN b \\\n"
		     "  c\n"
		     "-- Dockerfile.dev\n",
		     PAIR("FROM a\nRUN b \\\n  c\n", "\n# escape=`\nFROM a\n"));
	/* Nor a second one, which the builder refuses. */
	expect_merge("== Dockerfile\n"
		     "# escape=\\\n"
		     "\n"
		     "# escape=`\n"
		     "ARG V=1\n"
		     "\n"
		     "FROM a:$V AS base\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN b\n"
		     "-- Dockerfile.dev\n",
		     PAIR("# escape=\\\nARG V=1\nFROM a:$V\nRUN b\n",
			  "# escape=\\\n\n# escape=`\nARG V=1\nFROM a:$V\n"));
}

static void keeps_a_byte_order_mark_first(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "\xEF\xBB\xBF# syntax=docker/dockerfile:1\n"
		     "\n"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN b\n"
		     "-- Dockerfile.dev\n",
		     PAIR("\xEF\xBB\xBF"
			  "FROM a\nRUN b\n",
			  "\xEF\xBB\xBF# syntax=docker/dockerfile:1\nFROM a\n"));
	expect_merge("== Dockerfile\n"
		     "\xEF\xBB\xBF"
		     "FROM a AS base\n"
		     "\n"
		     "FROM base AS prod\n"
		     "RUN b\n"
		     "-- Dockerfile.dev\n",
		     PAIR("\xEF\xBB\xBF"
			  "FROM a\nRUN b\n",
			  "FROM a\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_the_same_global_argument_once),
		cmocka_unit_test(refuses_two_defaults),
		cmocka_unit_test(refuses_a_default_that_uses_another_one),
		cmocka_unit_test(refuses_what_would_leak_into_a_stage),
		cmocka_unit_test(tells_names_apart_that_begin_alike),
		cmocka_unit_test(refuses_an_argument_that_other_builds_would_need),
		cmocka_unit_test(merges_files_that_need_the_same_argument),
		cmocka_unit_test(refuses_what_knows_its_target),
		cmocka_unit_test(keeps_a_syntax_that_only_one_file_names),
		cmocka_unit_test(keeps_directives_that_both_files_have),
		cmocka_unit_test(refuses_another_syntax),
		cmocka_unit_test(refuses_another_escape),
		cmocka_unit_test(refuses_checks_that_would_hold_for_more),
		cmocka_unit_test(keeps_a_check_that_fails_nothing),
		cmocka_unit_test(makes_no_directive_of_a_comment),
		cmocka_unit_test(keeps_a_byte_order_mark_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
