/* How stages of several files become stages of one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/merged.h"

#define PAIR(kept, variant) "Dockerfile", kept, "Dockerfile.dev", variant, NULL
#define MERGES(merged, kept, variant)                                                              \
	expect_merge("== Dockerfile\n" merged "-- Dockerfile.dev\n", PAIR(kept, variant))

/* A new CMD, or one from before, would be dropped by ENTRYPOINT. */
static void cuts_before_a_command(void **state)
{
	(void)state;
	MERGES("FROM a AS base\n"
	       "ENTRYPOINT [\"e\"]\n"
	       "\n"
	       "FROM base AS dev\n"
	       "CMD [\"c\"]\n"
	       "ENTRYPOINT [\"d\"]\n"
	       "\n"
	       "FROM base AS prod\n"
	       "CMD [\"c\"]\n"
	       "ENTRYPOINT [\"p\"]\n",
	       "FROM a\nENTRYPOINT [\"e\"]\nCMD [\"c\"]\nENTRYPOINT [\"p\"]\n",
	       "FROM a\nENTRYPOINT [\"e\"]\nCMD [\"c\"]\nENTRYPOINT [\"d\"]\n");
}

/* Where a stage begins the environment wins over arguments again. */
static void cuts_before_an_argument(void **state)
{
	(void)state;
	MERGES("FROM a AS base\n"
	       "ENV K=1\n"
	       "\n"
	       "FROM base AS dev\n"
	       "ARG K=2\n"
	       "RUN dev $K\n"
	       "\n"
	       "FROM base AS prod\n"
	       "ARG K=2\n"
	       "RUN prod $K\n",
	       "FROM a\nENV K=1\nARG K=2\nRUN prod $K\n", "FROM a\nENV K=1\nARG K=2\nRUN dev $K\n");
}

/* It would be run in what builds on it. */
static void cuts_before_a_trigger(void **state)
{
	(void)state;
	MERGES("FROM a AS base\n"
	       "RUN x\n"
	       "\n"
	       "FROM base AS dev\n"
	       "ONBUILD RUN t\n"
	       "RUN dev\n"
	       "\n"
	       "FROM base AS prod\n"
	       "ONBUILD RUN t\n",
	       "FROM a\nRUN x\nONBUILD RUN t\n", "FROM a\nRUN x\nONBUILD RUN t\nRUN dev\n");
}

static void shares_nothing_of_another_platform_or_an_empty_image(void **state)
{
	(void)state;
	MERGES("FROM --platform=linux/arm64 a AS dev\n"
	       "RUN x\n"
	       "\n"
	       "FROM a AS prod\n"
	       "RUN x\n",
	       "FROM a\nRUN x\n", "FROM --platform=linux/arm64 a\nRUN x\n");
	MERGES("FROM --platform=$BUILDPLATFORM a AS base\n"
	       "RUN x\n"
	       "\n"
	       "FROM base AS prod\n"
	       "RUN y\n",
	       "FROM --platform=$BUILDPLATFORM a\nRUN x\nRUN y\n",
	       "FROM --platform=$BUILDPLATFORM a\nRUN x\n");
	MERGES("FROM scratch AS dev\n"
	       "COPY d /\n"
	       "\n"
	       "FROM scratch AS prod\n"
	       "COPY p /\n",
	       "FROM scratch\nCOPY p /\n", "FROM scratch\nCOPY d /\n");
}

static void keeps_a_last_stage_that_is_all_of_the_beginning(void **state)
{
	(void)state;
	MERGES("FROM a AS base\n"
	       "RUN x\n"
	       "\n"
	       "FROM base AS dev\n"
	       "RUN dev\n"
	       "\n"
	       "FROM base AS prod\n",
	       "FROM a\nRUN x\n", "FROM a\nRUN x\nRUN dev\n");
	MERGES("# why\nFROM a AS prod\nRUN x\n", "FROM a\nRUN x\n", "# why\nFROM a\nRUN x\n");
}

static void puts_names_and_numbers_right(void **state)
{
	(void)state;
	MERGES("FROM g AS dev-builder\n"
	       "RUN make dev\n"
	       "\n"
	       "FROM dev-builder AS dev-1\n"
	       "\n"
	       "FROM a AS dev\n"
	       "COPY --from=dev-builder /x /\n"
	       "COPY --chown=1 --from=dev-1 /y /\n"
	       "RUN --mount=type=bind,from=dev-builder,target=/b \\\n"
	       "    --mount=type=cache,target=/c b\n"
	       "\n"
	       "FROM g as builder\n"
	       "RUN make prod\n"
	       "\n"
	       "FROM a AS prod\n"
	       "COPY --from=builder /x /\n",
	       "FROM g as builder\nRUN make prod\nFROM a\nCOPY --from=0 /x /\n",
	       "FROM g AS builder\nRUN make dev\nFROM builder\nFROM a\n"
	       "COPY --from=Builder /x /\nCOPY --chown=1 --from=1 /y /\n"
	       "RUN --mount=type=bind,from=builder,target=/b \\\n"
	       "    --mount=type=cache,target=/c b\n");
}

static void makes_one_of_stages_that_are_the_same(void **state)
{
	(void)state;
	MERGES("# theirs\n"
	       "# ours\n"
	       "FROM g AS build\n"
	       "RUN make\n"
	       "\n"
	       "FROM a AS base\n"
	       "COPY --from=build /x /\n"
	       "\n"
	       "FROM base AS prod\n"
	       "RUN y\n",
	       "# theirs\nFROM g AS build\nRUN make\nFROM a\nCOPY --from=build /x /\nRUN y\n",
	       "# ours\nFROM g AS compile\nRUN make\nFROM a\nCOPY --from=compile /x /\n");
}

/* The stage that a variant builds is one that the kept file has already. */
static void builds_an_inner_stage_for_a_variant_that_is_one(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "FROM a AS deps\n"
		     "RUN x\n"
		     "\n"
		     "FROM deps AS prod\n"
		     "RUN y\n"
		     "-- Dockerfile.dev\n"
		     "== compose.yaml\n"
		     "services: {a: {build: {context: ., target: deps}}}\n",
		     "Dockerfile", "FROM a AS deps\nRUN x\nFROM deps AS prod\nRUN y\n",
		     "Dockerfile.dev", "FROM a\nRUN x\n", "compose.yaml",
		     "services: {a: {build: {context: ., dockerfile: Dockerfile.dev}}}\n", NULL);
}

static void lifts_each_beginning_that_some_of_three_files_share(void **state)
{
	(void)state;
	expect_merge("== Dockerfile\n"
		     "# kept\n"
		     "FROM a AS base\n"
		     "RUN 1\n"
		     "\n"
		     "FROM base AS base-2\n"
		     "RUN 2\n"
		     "\n"
		     "FROM base-2 AS dev\n"
		     "RUN dev\n"
		     "\n"
		     "FROM a AS other\n"
		     "RUN other\n"
		     "\n"
		     "FROM base AS test\n"
		     "RUN test\n"
		     "\n"
		     "FROM base-2 AS prod\n"
		     "RUN prod\n"
		     "-- Dockerfile.dev\n"
		     "-- Dockerfile.other\n"
		     "-- Dockerfile.test\n",
		     "Dockerfile", "# kept\nFROM a\nRUN 1\nRUN 2\nRUN prod\n", "Dockerfile.dev",
		     "FROM a\nRUN 1\nRUN 2\nRUN dev\n", "Dockerfile.other", "FROM a\nRUN other\n",
		     "Dockerfile.test", "FROM a\nRUN 1\nRUN test\n", NULL);
}

/* All that the stages below it do, and some of its own. */
static void builds_on_a_stage_of_a_stage(void **state)
{
	(void)state;
	MERGES("FROM a AS base\n"
	       "# one\n"
	       "RUN 1\n"
	       "\n"
	       "FROM base AS base-2\n"
	       "# two\n"
	       "RUN 2\n"
	       "\n"
	       "# dev\n"
	       "FROM base-2 AS dev\n"
	       "RUN dev\n"
	       "\n"
	       "FROM base-2 AS deps\n"
	       "RUN 3\n"
	       "\n"
	       "FROM a AS prod\n"
	       "COPY --from=deps /x /\n",
	       "FROM a AS base\nRUN 1\nFROM base AS deps\nRUN 2\nRUN 3\n"
	       "FROM a AS prod\nCOPY --from=deps /x /\n",
	       "# dev\nFROM a\n# one\nRUN 1\n# two\nRUN 2\nRUN dev\n");
	MERGES("FROM a AS base\n"
	       "RUN 1\n"
	       "\n"
	       "FROM base AS deps\n"
	       "RUN 2\n"
	       "\n"
	       "FROM deps AS dev\n"
	       "RUN dev\n"
	       "\n"
	       "FROM base AS prod\n"
	       "COPY --from=deps /x /\n",
	       "FROM a AS base\nRUN 1\nFROM base AS deps\nRUN 2\n"
	       "FROM base AS prod\nCOPY --from=deps /x /\n",
	       "FROM a\nRUN 1\nRUN 2\nRUN dev\n");
}

/* What it stores is seen in the image. */
static void refuses_to_change_what_a_trigger_says(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:3: ONBUILD stores the word 'deps' in the image, and the stage "
		     "that it means would be called 'dev-deps'\n",
		     PAIR("FROM a AS deps\nRUN prod\nFROM a\n",
			  "FROM a AS deps\nFROM a\nONBUILD COPY --from=deps /x /\n"));
	MERGES("FROM a AS deps\n"
	       "RUN x\n"
	       "\n"
	       "FROM a AS base\n"
	       "\n"
	       "FROM base AS dev\n"
	       "ONBUILD COPY --from=deps /x /\n"
	       "\n"
	       "FROM base AS prod\n"
	       "RUN y\n",
	       "FROM a\nRUN y\n", "FROM a AS deps\nRUN x\nFROM a\nONBUILD COPY --from=deps /x /\n");
}

/* Where the name that has to change does not stand in one piece. */
static void refuses_a_source_that_it_cannot_rewrite(void **state)
{
	(void)state;
	expect_merge("Dockerfile.dev:4: the stage 'build' is named in a way that cannot be "
		     "rewritten\n",
		     PAIR("FROM a AS build\nRUN p\nFROM b\nCOPY --from=build /x /\n",
			  "FROM c AS build\nRUN d\nFROM b\nCOPY --from=bui\\\nld /x /\n"));
}

static void refuses_two_stages_of_one_name_and_forward_references(void **state)
{
	(void)state;
	expect_merge("Dockerfile:1: two of its stages are called 'x'\n",
		     PAIR("FROM a AS x\nFROM b AS X\n", "FROM a\n"));
	expect_merge("Dockerfile.dev:2: this copies from a stage that is not above it\n",
		     PAIR("FROM a\n", "FROM a AS x\nCOPY --from=y /x /\nFROM b AS y\nFROM c\n"));
	expect_refused("Dockerfile.dev:2: the builder refuses it: ",
		       PAIR("FROM a\n", "FROM a\nCOPY --from=3 /x /\n"));
}

static void leaves_out_what_is_not_wanted(void **state)
{
	(void)state;
	expect_merge_as(NULL, NULL, "Dockerfile.test",
			"== Dockerfile\n"
			"FROM a AS base\n"
			"\n"
			"FROM base AS prod\n"
			"RUN x\n"
			"-- Dockerfile.test\n",
			"Dockerfile", "FROM a\nRUN x\n", "Dockerfile.dev", "FROM a\n",
			"Dockerfile.test", "FROM a\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_before_a_command),
		cmocka_unit_test(cuts_before_an_argument),
		cmocka_unit_test(cuts_before_a_trigger),
		cmocka_unit_test(shares_nothing_of_another_platform_or_an_empty_image),
		cmocka_unit_test(keeps_a_last_stage_that_is_all_of_the_beginning),
		cmocka_unit_test(puts_names_and_numbers_right),
		cmocka_unit_test(makes_one_of_stages_that_are_the_same),
		cmocka_unit_test(builds_an_inner_stage_for_a_variant_that_is_one),
		cmocka_unit_test(lifts_each_beginning_that_some_of_three_files_share),
		cmocka_unit_test(builds_on_a_stage_of_a_stage),
		cmocka_unit_test(refuses_to_change_what_a_trigger_says),
		cmocka_unit_test(refuses_a_source_that_it_cannot_rewrite),
		cmocka_unit_test(refuses_two_stages_of_one_name_and_forward_references),
		cmocka_unit_test(leaves_out_what_is_not_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
