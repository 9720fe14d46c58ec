#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/dockerfile.h"
#include "model/stages.h"
#include "tests/support/stages.h"

static void reads_stages(void **state)
{
	(void)state;
	expect_stages(
		"ARG V=20\nFROM node:${V}-slim AS Base\nRUN x\n\nFROM base AS dev # no\n",
		"error: 5:0-5:0 FROM wants an image or a stage, or these and 'AS' with a name\n");
	expect_stages("ARG V=20\nFROM node:${V}-slim AS Base\nRUN <<E\nx\nE\n\nFROM base AS dev\n",
		      "2-5 base on node:20-slim (-1)\n"
		      "7-7 dev on base (0)\n");
	expect_stages("FROM x AS a-$TARGETARCH\n",
		      "a-$TARGETARCH: 1:11-1:23 'a-$TARGETARCH' is no name for a stage\n");
	expect_stages("FROM x AS a-amd64\nFROM a-$TARGETARCH\n",
		      "1-1 a-amd64 on x (-1)\n"
		      "2-2 - on a-amd64 (0) by platform\n");
}

static void tells_what_an_argument_can_cure(void **state)
{
	(void)state;
	expect_stages("ARG V\nFROM node:$V\n", "2-2 - on ? (-1) wants V\n");
	expect_stages("ARG V\nFROM $V\n", "2-2 - on ? (-1) wants V\n");
	expect_stages("ARG V=Bad\nFROM $V\n", "2-2 - on ? (-1) wants V\n");
	expect_stages("ARG V=a W\nFROM $V:$W\n", "2-2 - on ? (-1) wants W\n");
	expect_stages("ARG V\nFROM ${V:?no}\n", "2-2 - on ? (-1) wants V\n");
	expect_stages("ARG V\nFROM node${V}\n", "2-2 - on node (-1)\n");
	expect_stages("ARG V\nFROM --platform=$V node\n", "2-2 - on ? (-1) wants V\n");
	expect_stages("FROM --platform=a/$TARGETVARIANT node\n",
		      "1-1 - on ? (-1) wants TARGETVARIANT\n");
	expect_stages("ARG V=${U?}\nFROM node\n", "2-2 - on node (-1) wants V\n");
}

static void refuses_what_no_argument_can_cure(void **state)
{
	(void)state;
	expect_stages("FROM node:$V\n",
		      "1-1 - on node: (-1)\n"
		      "error: 1:6-1:12 'node:$V' is neither a stage above nor an image\n");
	expect_stages("ARG V=1\nFROM $U\n",
		      "2-2 - on ? (-1)\n"
		      "error: 2:6-2:7 FROM '$U' names no image, it is empty\n");
	expect_stages(
		"ARG V=1\nFROM ${V^^}\n",
		"2-2 - on ? (-1)\n"
		"error: 2:6-2:11 '${V^^}' is refused: it uses an operator in '${...}' that is not "
		"supported\n");
	expect_stages("FROM --platform=q node\n",
		      "1-1 - on ? (-1)\nerror: 1:19-1:22 'q' is no platform\n");
	expect_stages("FROM node AS Base\nFROM Base\n",
		      "1-1 base on node (-1)\n"
		      "2-2 - on Base (-1)\n"
		      "error: 2:6-2:9 'Base' is neither a stage above nor an image\n");
	expect_stages("ARG A=1\n", "error: 1:0-1:0 there is no FROM in the file\n");
	expect_stages("RUN x\nFROM a\n", "error: 1:0-1:0 RUN stands before the first FROM\n");
	expect_stages("# check=bad\nFROM a\n",
		      "2-2 - on a (-1)\n"
		      "error: 1:0-1:0 the directive 'check' takes 'skip=', 'error=' "
		      "and 'experimental='\n");
}

static void refuses_names_that_are_no_names_of_contexts(void **state)
{
	(void)state;
	expect_stages("FROM a AS b-\nFROM b- AS c--d__e.f\n",
		      "1-1 b- on a (-1)\n"
		      "2-2 c--d__e.f on b- (0)\n"
		      "b-: 1:11-1:12 'b-' is no name for a stage\n");
	expect_stages("FROM a AS b\nFROM a AS A..b\n",
		      "1-1 b on a (-1)\n2-2 a..b on a (-1)\n"
		      "a..b: 2:11-2:14 'a..b' is no name for a stage\n");
	expect_stages("FROM a AS context\nFROM a AS scratch\n",
		      "1-1 context on a (-1)\n2-2 scratch on a (-1)\n");
}

static void reads_all_behind_a_name_as_its_value(void **state)
{
	(void)state;
	expect_stages("FROM x\nENV A =b\nLABEL a b =c\n", "1-3 - on x (-1)\n");
	expect_stages("FROM x\nENV A=b =c\n", "error: 2:0-2:0 ENV wants a name before '='\n");
	expect_stages("FROM x\nARG A =b\n", "error: 2:0-2:0 ARG wants a name before '='\n");
}

static void leaves_foreign_syntax_alone(void **state)
{
	(void)state;
	expect_stages("# syntax=a/b:1\nX\n", "opaque: its syntax is that of 'a/b:1'\n");
	expect_stages("#!/bin/x\n# syntax=a/b\n", "opaque: its syntax is that of 'a/b'\n");
	expect_stages("# syntax=A\nFROM a\n",
		      "error: 1:0-1:0 'A' of the directive 'syntax' is no image\n");
	expect_stages(
		"#!x\n# syntax=\"docker/dockerfile:1\"\nFROM a\nX\n",
		"error: 2:0-2:0 '\"docker/dockerfile:1\"' of the directive 'syntax' is no image\n");
	expect_stages("// syntax=a/b\n", "opaque: its syntax is that of 'a/b'\n");
	expect_stages("{\"x\": [1], \"syntax\": \"a\\u002fb\"}",
		      "opaque: its syntax is that of 'a/b'\n");
	expect_stages("# syntax=docker/dockerfile:1.4\nFROM x\n", "2-2 - on x (-1)\n");
	expect_stages("# syntax=docker.io/docker/dockerfile-upstream:master\nFROM x\n",
		      "2-2 - on x (-1)\n");
	expect_stages("# x\n# syntax=a/b\nFROM x\n", "3-3 - on x (-1)\n");
}

static void sees_a_file_as_a_build_does(void **state)
{
	struct argument given[] = { { "V", "2" }, { "U", NULL } };
	const char *contexts[] = { "a" };
	struct build build = { .arguments = { given, 2, 2 }, .contexts = { contexts, 1, 1 } };

	(void)state;
	expect_stages_of("ARG V\nARG W=w$V\nFROM x:$V AS a\nFROM $W AS b\nFROM a\n", &build,
			 "3-3 a on ? (-1)\n"
			 "4-4 b on w2 (-1)\n"
			 "5-5 - on a (0)\n");
	expect_stages_of("FROM x:$V\n", &build,
			 "1-1 - on x: (-1)\n"
			 "error: 1:6-1:9 'x:$V' is neither a stage above nor an image\n");
}

/* TARGETSTAGE is the target as it is asked for, else the last stage's name, else "default". */
static void knows_the_name_of_the_stage_that_is_built(void **state)
{
	static const char named[] = "FROM x:$TARGETSTAGE AS a\nFROM y:$TARGETSTAGE AS Last\n";
	static const char nameless[] = "FROM x AS a\nFROM y:$TARGETSTAGE\n";

	(void)state;
	expect_stages(named, "1-1 a on x:last (-1)\n2-2 last on y:last (-1)\n");
	expect_stages(nameless, "1-1 a on x (-1)\n2-2 - on y:default (-1)\n");
	expect_stages_of(nameless, &(struct build){ .target = "" },
			 "1-1 a on x (-1)\n2-2 - on y:default (-1)\n");
	expect_stages_of(named, &(struct build){ .target = "A" },
			 "1-1 a on x:A (-1)\n2-2 last on y:A (-1)\n");
}

/* A platform that is given is no guess; what is given without a value is not given. */
static void takes_a_platform_from_the_arguments(void **state)
{
	static const char text[] = "ARG P=$TARGETARCH\nFROM x:$TARGETARCH\nFROM y:$BUILDOS\n"
				   "FROM z:$P\n";
	struct argument given[] = { { "TARGETARCH", "arm64" }, { "BUILDOS", NULL }, { "V", "1" } };
	struct argument twice[] = { { "TARGETARCH", "arm64" }, { "TARGETARCH", "s390x" } };

	(void)state;
	expect_stages(text, "2-2 - on x:amd64 (-1) by platform\n3-3 - on y:linux (-1) by platform\n"
			    "4-4 - on z:amd64 (-1) by platform\n");
	expect_stages_of(text, &(struct build){ .arguments = { given, 3, 3 } },
			 "2-2 - on x:arm64 (-1)\n3-3 - on y:linux (-1) by platform\n"
			 "4-4 - on z:arm64 (-1)\n");
	expect_stages_of(text, &(struct build){ .arguments = { twice, 2, 2 } },
			 "2-2 - on x:s390x (-1)\n3-3 - on y:linux (-1) by platform\n"
			 "4-4 - on z:s390x (-1)\n");
}

/* A default that cannot be worked out is not needed where the argument is given. */
static void wants_the_first_argument_without_a_default(void **state)
{
	static const char text[] = "ARG A=${x\nARG B=${y\nARG C=c\nFROM a\n";
	struct argument given[] = { { "A", "1" }, { "B", "2" } };

	(void)state;
	expect_stages(text, "4-4 - on a (-1) wants A\n");
	expect_stages_of(text, &(struct build){ .arguments = { given, 1, 1 } },
			 "4-4 - on a (-1) wants B\n");
	expect_stages_of(text, &(struct build){ .arguments = { given, 2, 2 } },
			 "4-4 - on a (-1)\n");
	/* what a FROM wants comes first */
	expect_stages("ARG A=${x\nARG C\nFROM a:$C\n", "3-3 - on ? (-1) wants C\n");
	expect_stages("ARG A=x\nARG A=$A-y A=$A-z\nFROM a:$A\n", "3-3 - on a:x-y-z (-1)\n");
}

static void hides_stages_behind_contexts(void **state)
{
	static const char *contexts[] = { "a", "scratch", "context", "x" };
	struct build build = { .contexts = { contexts, 4, 4 } };

	(void)state;
	/* but those that no context can have the name of */
	expect_stages_of("FROM x AS A\nFROM y AS scratch\nFROM z AS context\nFROM a AS b\n", &build,
			 "1-1 a on ? (-1)\n2-2 scratch on y (-1)\n3-3 context on z (-1)\n"
			 "4-4 b on a (0)\n");
}

static void takes_a_platform_that_is_empty_for_none(void **state)
{
	(void)state;
	expect_stages("FROM --platform= x\n", "1-1 - on x (-1)\n");
	expect_stages("FROM --platform=linux/amd64 x\n", "1-1 - on x (-1)\n");
	expect_stages("FROM --platform=$P x\n", "1-1 - on ? (-1)\n"
						"error: 1:20-1:20 '$P' is no platform\n");
	expect_stages("ARG P\nFROM --platform=$P x\n", "2-2 - on ? (-1) wants P\n");
	expect_stages("ARG P\nFROM --platform=${P:?x} x\n", "2-2 - on ? (-1) wants P\n");
	expect_stages(
		"FROM --platform=${P:?x} x\n",
		"1-1 - on ? (-1)\n"
		"error: 1:25-1:25 the platform '${P:?x}' is refused: a variable that it requires "
		"has no value\n");
	expect_stages("FROM --platform=a/b/c/d x\n", "1-1 - on ? (-1)\n"
						     "error: 1:25-1:25 'a/b/c/d' is no platform\n");
}

static void finds_the_stage_of_a_target(void **state)
{
	static const char text[] = "FROM x AS a\nFROM y AS a\nFROM z AS builder\nFROM z\n";
	static const char kelvin[] = "FROM x AS k\nFROM y\n";
	struct arena arena = { 0 };
	struct dockerfile file = { .path = "Dockerfile" }, other = { .path = "Dockerfile" };

	(void)state;
	dockerfile_read(&file, &arena, (struct text){ text, sizeof(text) - 1 });
	assert_int_equal(dockerfile_stage(&file, NULL)->index, 3);
	assert_int_equal(dockerfile_stage(&file, "")->index, 3);
	assert_int_equal(dockerfile_stage(&file, "a")->index, 1);
	assert_int_equal(dockerfile_stage(&file, "BUILDER")->index, 2);
	assert_null(dockerfile_stage(&file, "0"));
	assert_null(dockerfile_stage(&file, "\xC3\xA4"));
	/* the sign of the kelvin is a capital K too */
	dockerfile_read(&other, &arena, (struct text){ kelvin, sizeof(kelvin) - 1 });
	assert_int_equal(dockerfile_stage(&other, "\xE2\x84\xAA")->index, 0);
	assert_null(dockerfile_stage(&file, " a"));
	assert_string_equal(dockerfile_nearest(&file, "bilder"), "builder");
	assert_null(dockerfile_nearest(&file, "production"));
	arena_release(&arena);
}

static void limits_what_variables_cost(void **state)
{
	struct buf text = { 0 };
	struct arena arena = { 0 };
	struct dockerfile file = { .path = "Dockerfile" };

	(void)state;
	buf_add(&text, "ARG A=0123456789abcdef\n");
	for (int i = 0; i < 40; i++)
		buf_add(&text, "ARG A=$A$A\n");
	buf_add(&text, "FROM $A\n");
	dockerfile_read(&file, &arena, (struct text){ text.text, text.length });
	assert_string_equal(file.error, "its variables make a word of more than 65536 bytes");
	buf_release(&text);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_stages),
		cmocka_unit_test(tells_what_an_argument_can_cure),
		cmocka_unit_test(refuses_what_no_argument_can_cure),
		cmocka_unit_test(refuses_names_that_are_no_names_of_contexts),
		cmocka_unit_test(reads_all_behind_a_name_as_its_value),
		cmocka_unit_test(leaves_foreign_syntax_alone),
		cmocka_unit_test(sees_a_file_as_a_build_does),
		cmocka_unit_test(knows_the_name_of_the_stage_that_is_built),
		cmocka_unit_test(takes_a_platform_from_the_arguments),
		cmocka_unit_test(wants_the_first_argument_without_a_default),
		cmocka_unit_test(hides_stages_behind_contexts),
		cmocka_unit_test(takes_a_platform_that_is_empty_for_none),
		cmocka_unit_test(finds_the_stage_of_a_target),
		cmocka_unit_test(limits_what_variables_cost),
	};

	return cmocka_run_group_tests_name("stages", tests, NULL, NULL);
}
