#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "rules/rules.h"
#include "tests/support/expect.h"

/* What the pages of the rules do not show. */

static void knows_its_rules_by_name_in_order(void **state)
{
	(void)state;
	for (const struct rule *const *rule = rules; *rule; rule++) {
		assert_ptr_equal(rules_find((*rule)->id), *rule);
		assert_true(!rule[1] || strcmp(rule[0]->id, rule[1]->id) < 0);
	}
	assert_null(rules_find("unknown"));
}

static void finds_nothing_in_nothing(void **state)
{
	(void)state;
	expect_report("", NULL);
	expect_report("", "README.md", "hello\n", NULL);
	expect_report("", "Dockerfile", "FROM alpine\n", "compose.yaml", "services: {}\n", NULL);
}

static void takes_no_target_and_an_empty_one_for_the_last_stage(void **state)
{
	(void)state;
	expect_report("", "Dockerfile", "FROM alpine\n", "compose.yaml",
		      "services:\n"
		      "  a: {build: .}\n"
		      "  b: {build: {context: ., target: \"\"}}\n",
		      NULL);
}

static void finds_a_stage_in_any_case_but_not_by_its_number(void **state)
{
	(void)state;
	expect_report("compose.yaml:3:35: error: service 'b' builds stage '0', which 'Dockerfile' "
		      "does not have [unknown-stage]\n",
		      "Dockerfile", "FROM alpine AS Base\n", "compose.yaml",
		      "services:\n"
		      "  a: {build: {context: ., target: bAsE}}\n"
		      "  b: {build: {context: ., target: \"0\"}}\n",
		      NULL);
}

static void looks_for_the_stage_in_text_inside_the_compose_file(void **state)
{
	(void)state;
	expect_report("compose.yaml:5:15: error: service 'a' builds stage 'tset', which its inline "
		      "Dockerfile does not have [unknown-stage]\n",
		      "compose.yaml",
		      "services:\n"
		      "  a:\n"
		      "    build:\n"
		      "      context: .\n"
		      "      target: tset\n"
		      "      dockerfile_inline: |\n"
		      "        FROM alpine AS test\n",
		      NULL);
}

static void blames_no_target_where_the_file_cannot_be_read(void **state)
{
	(void)state;
	expect_report("Dockerfile:1:16: error: 'Dockerfile' names a stage '1', which the builder "
		      "refuses [invalid-stage-name]\n",
		      "Dockerfile", "FROM alpine AS 1\n", "compose.yaml",
		      "services:\n"
		      "  a: {build: {context: ., target: \"1\"}}\n",
		      NULL);
}

static void lets_be_who_builds_a_variant_that_is_ignored_or_allowed(void **state)
{
	static const char compose[] = "services:\n"
				      "  a: {build: {context: api, dockerfile: Dockerfile.dev}}\n";
	static const char *const policies[] = {
		"ignore: [\"api/Dockerfile.dev\"]\n",
		"dockerfiles: [\"api/Dockerfile.dev\"]\n",
		"rules: {extra-dockerfile: off}\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++)
		expect_report_under(policies[i], "", "api/Dockerfile", "FROM alpine\n",
				    "api/Dockerfile.dev", "FROM alpine\n", "compose.yaml", compose,
				    NULL);
	expect_report("api/Dockerfile.dev:1: error: 'Dockerfile.dev' is a second Dockerfile beside "
		      "'api/Dockerfile'; both hold the same instructions [extra-dockerfile]\n"
		      "compose.yaml:2:41: error: service 'a' builds 'api/Dockerfile.dev', a second "
		      "Dockerfile beside 'api/Dockerfile' [variant-reference]\n",
		      "api/Dockerfile", "FROM alpine\n", "api/Dockerfile.dev", "FROM alpine\n",
		      "compose.yaml", compose, NULL);
}

/* The same variant beside two files: each is compared with its own. */
static void says_how_each_variant_drifted_from_its_own(void **state)
{
	static const char variant[] = "FROM alpine\nRUN apk add make\n";

	(void)state;
	expect_report("a/Dockerfile.dev:1: error: 'Dockerfile.dev' is a second Dockerfile beside "
		      "'a/Dockerfile'; the first instruction is the same, then line 2 has 'RUN apk "
		      "add make' and line 2 there 'RUN apk add' [extra-dockerfile]\n"
		      "b/Dockerfile.dev:1: error: 'Dockerfile.dev' is a second Dockerfile beside "
		      "'b/Dockerfile'; they differ from the first instruction on: line 1 has "
		      "'FROM alpine' and line 1 there 'FROM debian' [extra-dockerfile]\n",
		      "a/Dockerfile", "FROM alpine\nRUN apk add\n", "a/Dockerfile.dev", variant,
		      "b/Dockerfile", "FROM debian\n", "b/Dockerfile.dev", variant, NULL);
}

static void judges_a_file_behind_a_link_once(void **state)
{
	(void)state;
	expect_report(
		"real/Dockerfile:1:16: notice: nothing builds stage 'a' of 'real/Dockerfile', "
		"builds on it or copies from it [unused-stage]\n"
		"real/Dockerfile:2:16: error: 'real/Dockerfile' has two stages named 'a', the "
		"first on line 1 [duplicate-stage]\n",
		"link/Dockerfile", "-> ../real/Dockerfile", "real/Dockerfile",
		"FROM alpine AS a\n"
		"FROM alpine AS a\n",
		NULL);
}

static void uses_a_stage_through_a_link(void **state)
{
	(void)state;
	expect_report("", "link/Dockerfile", "-> ../real/Dockerfile", "real/Dockerfile",
		      "FROM alpine AS tools\n"
		      "FROM alpine\n",
		      "compose.yaml", "services: {a: {build: {context: link, target: tools}}}\n",
		      NULL);
}

static void takes_a_named_context_for_a_source(void **state)
{
	static const char dockerfile[] = "FROM alpine AS assets\n"
					 "FROM alpine\n"
					 "COPY --from=assets / /\n"
					 "COPY --from=asset / /\n";

	(void)state;
	expect_report("Dockerfile:4:13: warning: this copies from 'asset', which is no stage of "
		      "'Dockerfile' and so an image [unknown-source]\n",
		      "Dockerfile", dockerfile, NULL);
	expect_report("", "Dockerfile", dockerfile, "web/index.html", "", "compose.yaml",
		      "services:\n"
		      "  a: {build: {context: ., additional_contexts: {asset: web}}}\n",
		      NULL);
}

static void takes_a_word_far_from_every_stage_for_an_image(void **state)
{
	(void)state;
	expect_report("", "Dockerfile",
		      "FROM alpine AS go\n"
		      "FROM go\n"
		      "COPY --from=js / /\n"
		      "COPY --from=nginx / /\n"
		      "RUN --mount=from=busybox,target=/b true\n",
		      NULL);
}

static void takes_the_names_of_common_images_for_images(void **state)
{
	(void)state;
	expect_report("Dockerfile:6:13: warning: this copies from 'tset', which is no stage of "
		      "'Dockerfile' and so an image [unknown-source]\n",
		      "Dockerfile",
		      "FROM alpine AS test\n"
		      "FROM test AS app\n"
		      "FROM app\n"
		      "COPY --from=rust / /\n"
		      "COPY --from=php / /\n"
		      "COPY --from=tset / /\n",
		      NULL);
}

static void takes_any_stage_for_used_where_an_argument_chooses(void **state)
{
	(void)state;
	expect_report("", "Dockerfile",
		      "ARG MODE=prod\n"
		      "FROM alpine AS base-dev\n"
		      "FROM alpine AS base-prod\n"
		      "FROM base-${MODE}\n",
		      "compose.yaml", "services: {a: {build: .}}\n", NULL);
	expect_report("", "Dockerfile",
		      "FROM alpine AS run-linux\n"
		      "FROM alpine AS run-windows\n"
		      "FROM run-$TARGETOS\n",
		      NULL);
	expect_report("Dockerfile:2:16: notice: nothing builds stage 'tools' of 'Dockerfile', "
		      "builds on it or copies from it [unused-stage]\n",
		      "Dockerfile",
		      "ARG VERSION=3\n"
		      "FROM alpine AS tools\n"
		      "FROM alpine:$VERSION\n",
		      NULL);
}

static void takes_what_onbuild_copies_from_for_used(void **state)
{
	(void)state;
	expect_report("", "Dockerfile",
		      "FROM alpine AS assets\n"
		      "FROM alpine AS base\n"
		      "ONBUILD COPY --from=assets / /\n"
		      "FROM base\n",
		      NULL);
}

static void takes_what_is_built_without_the_override_for_used(void **state)
{
	static const char dockerfile[] = "FROM alpine AS prod\n"
					 "FROM alpine AS dev\n"
					 "FROM alpine AS other\n"
					 "FROM alpine\n";

	(void)state;
	expect_report("Dockerfile:3:16: notice: nothing builds stage 'other' of 'Dockerfile', "
		      "builds on it or copies from it [unused-stage]\n",
		      "Dockerfile", dockerfile, "compose.yaml",
		      "services: {a: {build: {context: ., target: prod}}}\n",
		      "compose.override.yaml", "services: {a: {build: {target: dev}}}\n", NULL);
	expect_report("", "Dockerfile", dockerfile, "compose.yaml",
		      "services: {a: {build: {context: ., target: '${'}}}\n", NULL);
}

static void counts_the_ends_that_each_build_sees(void **state)
{
	(void)state;
	expect_report("compose.yaml:3:14: warning: service 'b' names no target, and 'Dockerfile' "
		      "ends in 'two', 'stage 1' [missing-target]\n",
		      "Dockerfile",
		      "ARG BASE=alpine:3\n"
		      "FROM alpine AS two\n"
		      "FROM $BASE\n",
		      "compose.yaml",
		      "services:\n"
		      "  a: {build: {context: ., args: {BASE: two}}}\n"
		      "  b: {build: .}\n",
		      NULL);
}

static void reads_each_name_of_a_dockerfile(void **state)
{
	(void)state;
	expect_report("", "api/dockerfile", "FROM alpine AS a\n", "web/Containerfile",
		      "FROM alpine AS b\n", "web/Containerfile.containerignore", "*\n",
		      "web/Containerfile.rego", "x\n", "web/Containerfile.dev.dockerignore", "*\n",
		      "web/Containerfile.j2", "x\n", "compose.yaml",
		      "services:\n"
		      "  a: {build: {context: api, target: a}}\n"
		      "  b: {build: {context: web, dockerfile: Containerfile, target: b}}\n",
		      NULL);
	expect_report("api/dockerfile:1: error: 'dockerfile' is a second Dockerfile beside "
		      "'api/Dockerfile'; both hold the same instructions [extra-dockerfile]\n"
		      "compose.yaml:1:46: error: service 'a' builds stage 'b', which "
		      "'api/Dockerfile' does not have [unknown-stage]\n",
		      "api/Dockerfile", "FROM alpine AS a\n", "api/dockerfile",
		      "FROM alpine AS b\n", "compose.yaml",
		      "services: {a: {build: {context: api, target: b}}}\n", NULL);
	expect_report("compose.yaml:1:23: error: service 'a' builds 'Dockerfile', which is not in "
		      "this tree [missing-dockerfile]\n",
		      "DOCKERFILE", "FROM alpine\n", "compose.yaml", "services: {a: {build: .}}\n",
		      NULL);
}

static void finds_a_file_where_a_directory_is_meant(void **state)
{
	(void)state;
	expect_report("compose.yaml:1:23: warning: service 'a' is built in 'README', which is no "
		      "directory [missing-context]\n",
		      "README", "hello\n", "compose.yaml", "services: {a: {build: README}}\n",
		      NULL);
}

static void says_nothing_of_a_context_that_is_elsewhere(void **state)
{
	(void)state;
	expect_report("", "compose.yaml",
		      "services:\n"
		      "  a: {build: \"https://example.org/a.git\"}\n"
		      "  b: {build: {context: \"git@example.org:b.git\", target: b}}\n"
		      "  c: {build: {context: ../c, dockerfile: Dockerfile.c}}\n"
		      "  d: {build: \"C:\\\\d\"}\n",
		      NULL);
	expect_report("compose.yaml:1:23: notice: service 'a' is not checked: variable 'WHERE' "
		      "has no value here [unresolved-variable]\n",
		      "compose.yaml", "services: {a: {build: $WHERE}}\n", NULL);
}

static void says_nothing_of_a_missing_dockerfile_in_a_missing_context(void **state)
{
	(void)state;
	expect_report("compose.yaml:1:33: warning: service 'a' is built in 'b', which is not in "
		      "this tree [missing-context]\n",
		      "compose.yaml",
		      "services: {a: {build: {context: b, dockerfile: Dockerfile.c}}}\n", NULL);
}

static void asks_every_file_for_how_it_ends(void **state)
{
	(void)state;
	expect_report("c/Dockerfile:2:11: warning: 'c/Dockerfile' ends with the development stage "
		      "'dev', which a build without target ships [development-last]\n",
		      "a/Dockerfile", "FROM a AS base\nFROM base AS prod\n", "b/Dockerfile",
		      "FROM a AS dev\n", "c/Dockerfile", "FROM a AS b\nFROM b AS dev\n", NULL);
}

static void finds_words_of_development_inside_names(void **state)
{
	(void)state;
	expect_report("Dockerfile:2:13: warning: 'Dockerfile' ends with the development stage "
		      "'api-dev', which a build without target ships [development-last]\n",
		      "Dockerfile", "FROM alpine AS api\nFROM api AS api-dev\n", NULL);
	expect_report("", "Dockerfile", "FROM alpine AS api\nFROM api AS device\n", NULL);
	expect_report_under("rules: {development-last: {words: [device]}}\n",
			    "Dockerfile:2:13: warning: 'Dockerfile' ends with the development "
			    "stage 'device', which a build without target ships "
			    "[development-last]\n",
			    "Dockerfile", "FROM alpine AS api\nFROM api AS device\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_its_rules_by_name_in_order),
		cmocka_unit_test(finds_nothing_in_nothing),
		cmocka_unit_test(takes_no_target_and_an_empty_one_for_the_last_stage),
		cmocka_unit_test(finds_a_stage_in_any_case_but_not_by_its_number),
		cmocka_unit_test(looks_for_the_stage_in_text_inside_the_compose_file),
		cmocka_unit_test(blames_no_target_where_the_file_cannot_be_read),
		cmocka_unit_test(lets_be_who_builds_a_variant_that_is_ignored_or_allowed),
		cmocka_unit_test(says_how_each_variant_drifted_from_its_own),
		cmocka_unit_test(judges_a_file_behind_a_link_once),
		cmocka_unit_test(uses_a_stage_through_a_link),
		cmocka_unit_test(takes_a_named_context_for_a_source),
		cmocka_unit_test(takes_a_word_far_from_every_stage_for_an_image),
		cmocka_unit_test(takes_the_names_of_common_images_for_images),
		cmocka_unit_test(takes_any_stage_for_used_where_an_argument_chooses),
		cmocka_unit_test(takes_what_onbuild_copies_from_for_used),
		cmocka_unit_test(takes_what_is_built_without_the_override_for_used),
		cmocka_unit_test(counts_the_ends_that_each_build_sees),
		cmocka_unit_test(reads_each_name_of_a_dockerfile),
		cmocka_unit_test(finds_a_file_where_a_directory_is_meant),
		cmocka_unit_test(says_nothing_of_a_context_that_is_elsewhere),
		cmocka_unit_test(says_nothing_of_a_missing_dockerfile_in_a_missing_context),
		cmocka_unit_test(asks_every_file_for_how_it_ends),
		cmocka_unit_test(finds_words_of_development_inside_names),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
