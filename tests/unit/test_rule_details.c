#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "tests/support/expect.h"

static void names_both_sides_of_a_variant(void **state)
{
	(void)state;
	expect_details("extra-dockerfile: -, -, api/Dockerfile.dev, -, -: make it a stage of "
		       "'api/Dockerfile' and build it with 'target:'\n"
		       "variant-reference: a, api/Dockerfile.dev, api/Dockerfile.dev, -, -: build "
		       "'api/Dockerfile' and pick the stage with 'target:'\n",
		       "api/Dockerfile", "FROM alpine\n", "api/Dockerfile.dev", "FROM alpine\n",
		       "compose.yaml",
		       "services:\n  a: {build: {context: api, dockerfile: Dockerfile.dev}}\n",
		       NULL);
	expect_details("misnamed-dockerfile: -, -, api/Dockerfile.dev, -, api/Dockerfile: rename "
		       "it to 'api/Dockerfile', where every tool looks for it\n",
		       "api/Dockerfile.dev", "FROM alpine\n", NULL);
}

static void offers_what_a_target_may_have_meant(void **state)
{
	static const char nameless[] = "FROM alpine\n";
	static const char few[] = "FROM alpine AS base\nFROM base AS prod\n";
	static const char six[] = "FROM alpine AS a1\nFROM a1 AS a2\nFROM a2 AS a3\n"
				  "FROM a3 AS a4\nFROM a4 AS a5\nFROM a5 AS a6\n";
	static const char seven[] = "FROM alpine AS a1\nFROM a1 AS a2\nFROM a2 AS a3\n"
				    "FROM a3 AS a4\nFROM a4 AS a5\nFROM a5 AS a6\n"
				    "FROM a6 AS a7\n";
	static const char near[] = "services: {a: {build: {context: ., target: bse}}}\n";
	static const char far[] = "services: {a: {build: {context: ., target: xxxxx}}}\n";

	(void)state;
	expect_details("unknown-stage: a, bse, Dockerfile, bse, base: did you mean 'base'? its "
		       "stages are 'base', 'prod'\n",
		       "Dockerfile", few, "compose.yaml", near, NULL);
	expect_details("unknown-stage: a, xxxxx, Dockerfile, xxxxx, -: name one of its stages: "
		       "'base', 'prod'\n",
		       "Dockerfile", few, "compose.yaml", far, NULL);
	expect_details("unknown-stage: a, xxxxx, Dockerfile, xxxxx, -: name a stage of it with "
		       "'AS', or leave out the target\n",
		       "Dockerfile", nameless, "compose.yaml", far, NULL);
	expect_details("unknown-stage: a, xxxxx, Dockerfile, xxxxx, -: name one of its stages: "
		       "'a1', 'a2', 'a3', 'a4', 'a5', 'a6'\n",
		       "Dockerfile", six, "compose.yaml", far, NULL);
	expect_details("unknown-stage: a, xxxxx, Dockerfile, xxxxx, -: name one of its stages: "
		       "'a1', 'a2', 'a3', 'a4', 'a5', 'a6', ...\n",
		       "Dockerfile", seven, "compose.yaml", far, NULL);
	expect_details(
		"unknown-stage: a, tset, -, tset, test: did you mean 'test'? its stages are "
		"'test'\n",
		"compose.yaml",
		"services: {a: {build: {target: tset, dockerfile_inline: FROM a AS test}}}\n",
		NULL);
}

static void offers_the_dockerfile_beside_a_missing_one(void **state)
{
	static const char compose[] =
		"services: {a: {build: {context: api, dockerfile: Dockerfile.dev}}}\n";

	(void)state;
	expect_details("missing-dockerfile: a, api/Dockerfile.dev, api/Dockerfile.dev, -, "
		       "api/Dockerfile: build 'api/Dockerfile' and pick the stage with 'target:'\n",
		       "api/Dockerfile", "FROM alpine\n", "compose.yaml", compose, NULL);
	expect_details(
		"missing-dockerfile: a, api/Dockerfile.dev, api/Dockerfile.dev, -, "
		"api/Containerfile: build 'api/Containerfile' and pick the stage with 'target:'\n",
		"api/Containerfile", "FROM alpine\n", "compose.yaml", compose, NULL);
	expect_details("missing-dockerfile: a, api/Dockerfile.dev, api/Dockerfile.dev, -, "
		       "api/dockerfile: build 'api/dockerfile' and pick the stage with 'target:'\n",
		       "api/dockerfile", "FROM alpine\n", "compose.yaml", compose, NULL);
	expect_details("missing-dockerfile: a, api/Dockerfile.dev, api/Dockerfile.dev, -, -: add "
		       "the file, or name one that is there\n",
		       "api/readme", "x\n", "compose.yaml", compose, NULL);
	expect_details("missing-context: a, api, -, -, -: name a directory of this tree, relative "
		       "to the file that says it\n",
		       "Dockerfile", "FROM alpine\n", "compose.yaml", compose, NULL);
	/* a directory is none */
	expect_details("missing-dockerfile: a, api/Dockerfile.dev, api/Dockerfile.dev, -, -: add "
		       "the file, or name one that is there\n",
		       "api/Dockerfile.dev/x", "FROM alpine\n", "compose.yaml", compose, NULL);
}

static void says_what_to_do_inside_of_a_dockerfile(void **state)
{
	(void)state;
	expect_details(
		"unused-stage: a, a, Dockerfile, a, -: build it with 'target:', or remove it\n"
		"duplicate-stage: a, a, Dockerfile, a, -: give one of them another name\n"
		"unused-stage: c, c, Dockerfile, c, -: build it with 'target:', or remove it\n",
		"Dockerfile", "FROM alpine AS a\nFROM alpine AS a\nFROM alpine AS c\nFROM a\n",
		NULL);
	expect_details("development-last: app-dev, app-dev, Dockerfile, app-dev, -: end the file "
		       "with the stage that is to be shipped\n",
		       "Dockerfile", "FROM alpine AS base\nFROM base AS app-dev\n", NULL);
	expect_details(
		"invalid-stage-name: 1, 1, Dockerfile, 1, -: begin the name with a letter, end it "
		"with a letter or a digit, and put single '-', '_' and '.' only between them\n",
		"Dockerfile", "FROM alpine AS 1\n", NULL);
	expect_details("unreadable: -, -, Dockerfile, -, -: correct it: no stage of the file can "
		       "be built\n",
		       "Dockerfile", "NOPE\n", NULL);
	expect_details("unreadable: a, -, -, -, -: correct it: no stage of it can be built\n",
		       "compose.yaml", "services: {a: {build: {dockerfile_inline: NOPE}}}\n", NULL);
	expect_details("unreadable: -, -, -, -, -: correct it: what it builds is not checked\n",
		       "compose.yaml", "services: []\n", NULL);
	expect_details("unused-stage: tools, tools, Dockerfile, tools, -: build it with 'target:', "
		       "or remove it\n"
		       "unknown-source: -, tool, Dockerfile, -, tools: did you mean 'tools'? write "
		       "an image with its tag\n"
		       "unknown-source: -, tols, Dockerfile, -, tools: did you mean 'tools'? write "
		       "an image with its tag\n",
		       "Dockerfile",
		       "FROM alpine AS tools\nFROM alpine\nCOPY --from=tool / /\n"
		       "RUN --mount=from=tols,target=/a x\n",
		       NULL);
}

static void says_what_a_build_lacks(void **state)
{
	(void)state;
	expect_details(
		"unused-stage: a, a, Dockerfile, a, -: build it with 'target:', or remove it\n"
		"missing-target: a, -, Dockerfile, -, -: say with 'target:' which one is meant\n",
		"Dockerfile", "FROM alpine AS a\nFROM alpine\n", "compose.yaml",
		"services: {a: {build: .}}\n", NULL);
	expect_details("missing-target: a, -, -, -, -: say with 'target:' which one is meant\n",
		       "compose.yaml",
		       "services: {a: {build: {dockerfile_inline: \"FROM a\\nFROM b\"}}}\n", NULL);
	expect_details("unresolved-variable: -, V, Dockerfile, -, -: give it a default, as in 'ARG "
		       "NAME=value'\n"
		       "unresolved-variable: b, X, -, -, -: give it a default, as in "
		       "'${NAME:-value}', or list its values under 'variables' in the policy\n",
		       "Dockerfile", "ARG V\nFROM alpine:$V\n", "compose.yaml",
		       "services: {a: {build: {context: ., args: [V]}}, b: {build: $X}}\n", NULL);
}

static void names_the_first_few_of_many_ends(void **state)
{
	(void)state;
	expect_report_under("rules: {unused-stage: off}\n",
			    "compose.yaml:1:23: warning: service 's' names no target, and "
			    "'Dockerfile' ends in 'a', 'b', 'c', 'd', 'e', 'f', ... "
			    "[missing-target]\n",
			    "Dockerfile",
			    "FROM alpine AS a\nFROM alpine AS b\nFROM alpine AS c\n"
			    "FROM alpine AS d\nFROM alpine AS e\nFROM alpine AS f\n"
			    "FROM alpine AS g\n",
			    "compose.yaml", "services: {s: {build: .}}\n", NULL);
}

static void finds_a_stage_whose_name_is_refused(void **state)
{
	(void)state;
	expect_report("Dockerfile:1:16: error: 'Dockerfile' names a stage 'a-', which the builder "
		      "refuses [invalid-stage-name]\n",
		      "Dockerfile", "FROM alpine AS a-\nFROM a- AS b\n", "compose.yaml",
		      "services:\n  a: {build: {context: ., target: A-}}\n", NULL);
}

/* Whatever is wrong with a file is said where it stands, and not at a link to it. */
static void says_nothing_at_a_link(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "FROM alpine AS base\nFROM base AS dev\n",
		  "real/Dockerfile:2:14: warning: 'real/Dockerfile' ends with the development "
		  "stage 'dev', which a build without target ships [development-last]\n" },
		{ "FROM alpine AS 1\n",
		  "real/Dockerfile:1:16: error: 'real/Dockerfile' names a stage '1', which the "
		  "builder refuses [invalid-stage-name]\n" },
		{ "NOPE\n", "real/Dockerfile:1: error: the builder refuses 'real/Dockerfile': "
			    "there is no instruction 'NOPE' [unreadable]\n" },
		{ "ARG V\nFROM a:$V\n",
		  "real/Dockerfile:2:6: notice: the base 'a:$V' is not checked: argument 'V' has "
		  "no value here [unresolved-variable]\n" },
		{ "FROM alpine AS tools\nFROM tools\nCOPY --from=tool / /\n",
		  "real/Dockerfile:3:13: warning: this copies from 'tool', which is no stage of "
		  "'real/Dockerfile' and so an image [unknown-source]\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_report(cases[i].expected, "real/Dockerfile", cases[i].text,
			      "link/Dockerfile", "-> ../real/Dockerfile", NULL);
	/* unless nobody looks there */
	expect_report("link/Dockerfile:1:16: error: 'link/Dockerfile' names a stage '1', which the "
		      "builder refuses [invalid-stage-name]\n",
		      "real/build", "FROM alpine AS 1\n", "link/Dockerfile", "-> ../real/build",
		      NULL);
}

/* An argument without a value gives none, and one of another file neither. */
static void takes_an_argument_for_its_own_file(void **state)
{
	static const char dockerfile[] = "ARG V\nFROM alpine:$V\n";
	static const char told[] = "a/Dockerfile:2:6: notice: the base 'alpine:$V' is not checked: "
				   "argument 'V' has no value here [unresolved-variable]\n";

	(void)state;
	expect_report(told, "a/Dockerfile", dockerfile, "compose.yaml",
		      "services: {a: {build: {context: a, args: [V]}}}\n", NULL);
	expect_report(told, "a/Dockerfile", dockerfile, "b/Dockerfile", "FROM alpine\n",
		      "compose.yaml", "services: {b: {build: {context: b, args: [V=1]}}}\n", NULL);
}

/* What was written may have one edit less than the names are long. */
static void offers_a_source_that_is_near(void **state)
{
	(void)state;
	expect_report("", "Dockerfile", "FROM alpine AS ab\nFROM ab\nCOPY --from=cd / /\n", NULL);
	expect_report("Dockerfile:3:13: warning: this copies from 'ac', which is no stage of "
		      "'Dockerfile' and so an image [unknown-source]\n",
		      "Dockerfile", "FROM alpine AS ab\nFROM ab\nCOPY --from=ac / /\n", NULL);
	/* not the stage itself, nor what has a sign of an image */
	expect_report("", "Dockerfile", "FROM alpine AS tools\nCOPY --from=tool / /\n", NULL);
	expect_report("", "Dockerfile",
		      "FROM alpine AS tools\nFROM tools\nCOPY --from=tool:1 / /\n"
		      "COPY --from=x/tool / /\nCOPY --from=tool@sha256:"
		      "0123456789012345678901234567890123456789012345678901234567890123 / /\n"
		      "RUN --mount=from=1,target=/a x\n",
		      NULL);
	expect_details("unknown-source: -, tool, Dockerfile, -, tools: did you mean 'tools'? write "
		       "an image with its tag\n",
		       "Dockerfile",
		       "FROM alpine AS wools\nFROM wools AS toolss\nFROM toolss AS tools\n"
		       "FROM tools\nCOPY --from=tool / /\n",
		       NULL);
}

/* Who builds it may call a Dockerfile as he likes: only names of Dockerfiles are looked at. */
static void misnames_only_what_is_named_as_a_dockerfile(void **state)
{
	static const char told[] = "b/Dockerfile.dev:1: notice: 'b/Dockerfile.dev' is the only "
				   "Dockerfile of its directory, yet named as a variant "
				   "[misnamed-dockerfile]\n";

	(void)state;
	expect_report(told, "a/app.dev", "FROM alpine\n", "b/Dockerfile.dev", "FROM alpine\n",
		      "b/dev.app", "FROM alpine\n", "compose.yaml",
		      "services:\n"
		      "  a: {build: {context: a, dockerfile: app.dev}}\n"
		      "  b: {build: {context: b, dockerfile: dev.app}}\n",
		      NULL);
	expect_report("", "b/Dockerfile.api", "FROM alpine\n", "b/app.dev", "FROM alpine\n",
		      "compose.yaml", "services: {b: {build: {context: b, dockerfile: app.dev}}}\n",
		      NULL);
}

/* Comments up to the most that is read of a file, and one byte more. */
static void says_which_file_is_too_large(void **state)
{
	struct buf dockerfile = { 0 }, compose = { 0 };

	(void)state;
	buf_add(&dockerfile, "FROM alpine\n");
	buf_add(&compose, "services: {a: {image: b}}\n");
	while (dockerfile.length < MAX_FILE_SIZE - 4)
		buf_add(&dockerfile, "# x\n");
	while (compose.length < MAX_FILE_SIZE - 4)
		buf_add(&compose, "# x\n");
	buf_repeat(&dockerfile, '\n', MAX_FILE_SIZE - dockerfile.length);
	buf_repeat(&compose, '\n', MAX_FILE_SIZE - compose.length);
	expect_report("", "Dockerfile", buf_text(&dockerfile), "compose.yaml", buf_text(&compose),
		      NULL);
	buf_addc(&dockerfile, '\n');
	buf_addc(&compose, '\n');
	expect_report("Dockerfile:1: error: 'Dockerfile' is not read: it is larger than 1048576 "
		      "bytes [unreadable]\n"
		      "compose.yaml:0: error: larger than 1048576 bytes [unreadable]\n",
		      "Dockerfile", buf_text(&dockerfile), "compose.yaml", buf_text(&compose),
		      NULL);
	expect_details("unreadable: -, -, Dockerfile, -, -: make it smaller, or ignore it in the "
		       "policy\n"
		       "unreadable: -, -, -, -, -: correct it: what it builds is not checked\n",
		       "Dockerfile", buf_text(&dockerfile), "compose.yaml", buf_text(&compose),
		       NULL);
	buf_release(&dockerfile);
	buf_release(&compose);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_both_sides_of_a_variant),
		cmocka_unit_test(offers_what_a_target_may_have_meant),
		cmocka_unit_test(offers_the_dockerfile_beside_a_missing_one),
		cmocka_unit_test(says_what_to_do_inside_of_a_dockerfile),
		cmocka_unit_test(says_what_a_build_lacks),
		cmocka_unit_test(finds_a_stage_whose_name_is_refused),
		cmocka_unit_test(says_nothing_at_a_link),
		cmocka_unit_test(takes_an_argument_for_its_own_file),
		cmocka_unit_test(offers_a_source_that_is_near),
		cmocka_unit_test(misnames_only_what_is_named_as_a_dockerfile),
		cmocka_unit_test(says_which_file_is_too_large),
		cmocka_unit_test(names_the_first_few_of_many_ends),
	};

	return cmocka_run_group_tests_name("details of findings", tests, NULL, NULL);
}
