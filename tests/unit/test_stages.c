#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/dockerfile.h"
#include "model/stages.h"

static void add_span(struct buf *out, struct span span)
{
	buf_addf(out, " %u:%u-%u:%u", span.line, span.column, span.end_line, span.end_column);
}

static void add_sources(struct buf *out, const char *title, const struct stage_sources *sources)
{
	vec_each (const struct stage_source *, source, sources) {
		buf_addf(out, " %s %s=%d", title, source->from, source->stage);
		add_span(out, source->span);
	}
}

static void add_stage(struct buf *out, const struct stage *stage)
{
	buf_addf(out, "%u-%u %s on %s (%d)", stage->start_line, stage->end_line,
		 stage->name ? stage->name : "-", stage->base ? stage->base : "?", stage->parent);
	if (stage->unresolved)
		buf_addf(out, " wants %s", stage->unresolved);
	if (stage->is_platform_base)
		buf_add(out, " by platform");
	add_sources(out, "copy", &stage->sources);
	add_sources(out, "onbuild", &stage->triggers);
	buf_addc(out, '\n');
}

static void add_file(struct buf *out, const struct dockerfile *file)
{
	vec_each (const struct stage *, stage, &file->stages)
		add_stage(out, stage);
	if (file->opaque)
		buf_addf(out, "opaque: %s\n", file->opaque);
	if (file->error) {
		buf_addf(out, "%s:", file->fault == FAULT_STAGE_NAME ? file->fault_value : "error");
		add_span(out, file->error_span);
		buf_addf(out, " %s\n", file->error);
	}
}

static void expect(const char *text, const char *expected)
{
	struct arena arena = { 0 };
	struct dockerfile file = { .path = "Dockerfile" };
	struct buf out = { 0 };

	dockerfile_read(&file, &arena, (struct text){ text, strlen(text) });
	add_file(&out, &file);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void reads_stages(void **state)
{
	(void)state;
	expect("ARG V=20\nFROM node:${V}-slim AS Base\nRUN x\n\nFROM base AS dev # no\n",
	       "error: 5:0-5:0 FROM wants an image or a stage, or these and 'AS' with a name\n");
	expect("ARG V=20\nFROM node:${V}-slim AS Base\nRUN <<E\nx\nE\n\nFROM base AS dev\n",
	       "2-5 base on node:20-slim (-1)\n"
	       "7-7 dev on base (0)\n");
	expect("FROM x AS a-$TARGETARCH\n",
	       "a-$TARGETARCH: 1:11-1:23 'a-$TARGETARCH' is no name for a stage\n");
	expect("FROM x AS a-amd64\nFROM a-$TARGETARCH\n", "1-1 a-amd64 on x (-1)\n"
							  "2-2 - on a-amd64 (0) by platform\n");
}

static void tells_what_an_argument_can_cure(void **state)
{
	(void)state;
	expect("ARG V\nFROM node:$V\n", "2-2 - on ? (-1) wants V\n");
	expect("ARG V\nFROM $V\n", "2-2 - on ? (-1) wants V\n");
	expect("ARG V=Bad\nFROM $V\n", "2-2 - on ? (-1) wants V\n");
	expect("ARG V=a W\nFROM $V:$W\n", "2-2 - on ? (-1) wants W\n");
	expect("ARG V\nFROM ${V:?no}\n", "2-2 - on ? (-1) wants V\n");
	expect("ARG V\nFROM node${V}\n", "2-2 - on node (-1)\n");
	expect("ARG V\nFROM --platform=$V node\n", "2-2 - on ? (-1) wants V\n");
	expect("FROM --platform=a/$TARGETVARIANT node\n", "1-1 - on ? (-1) wants TARGETVARIANT\n");
	expect("ARG V=${U?}\nFROM node\n", "2-2 - on node (-1) wants V\n");
}

static void refuses_what_no_argument_can_cure(void **state)
{
	(void)state;
	expect("FROM node:$V\n",
	       "1-1 - on node: (-1)\n"
	       "error: 1:6-1:12 'node:$V' is neither a stage above nor an image\n");
	expect("ARG V=1\nFROM $U\n", "2-2 - on ? (-1)\n"
				     "error: 2:6-2:7 FROM '$U' names no image, it is empty\n");
	expect("ARG V=1\nFROM ${V^^}\n",
	       "2-2 - on ? (-1)\n"
	       "error: 2:6-2:11 '${V^^}' is refused: it uses an operator in '${...}' that is not "
	       "supported\n");
	expect("FROM --platform=q node\n",
	       "1-1 - on ? (-1)\nerror: 1:19-1:22 'q' is no platform\n");
	expect("FROM node AS Base\nFROM Base\n",
	       "1-1 base on node (-1)\n"
	       "2-2 - on Base (-1)\n"
	       "error: 2:6-2:9 'Base' is neither a stage above nor an image\n");
	expect("ARG A=1\n", "error: 1:0-1:0 there is no FROM in the file\n");
	expect("RUN x\nFROM a\n", "error: 1:0-1:0 RUN stands before the first FROM\n");
	expect("# check=bad\nFROM a\n",
	       "2-2 - on a (-1)\n"
	       "error: 1:0-1:0 the directive 'check' takes 'skip=', 'error=' "
	       "and 'experimental='\n");
}

static void refuses_names_that_are_no_names_of_contexts(void **state)
{
	(void)state;
	expect("FROM a AS b-\nFROM b- AS c--d__e.f\n",
	       "1-1 b- on a (-1)\n"
	       "2-2 c--d__e.f on b- (0)\n"
	       "b-: 1:11-1:12 'b-' is no name for a stage\n");
	expect("FROM a AS b\nFROM a AS A..b\n", "1-1 b on a (-1)\n2-2 a..b on a (-1)\n"
						"a..b: 2:11-2:14 'a..b' is no name for a stage\n");
	expect("FROM a AS context\nFROM a AS scratch\n",
	       "1-1 context on a (-1)\n2-2 scratch on a (-1)\n");
}

static void reads_all_behind_a_name_as_its_value(void **state)
{
	(void)state;
	expect("FROM x\nENV A =b\nLABEL a b =c\n", "1-3 - on x (-1)\n");
	expect("FROM x\nENV A=b =c\n", "error: 2:0-2:0 ENV wants a name before '='\n");
	expect("FROM x\nARG A =b\n", "error: 2:0-2:0 ARG wants a name before '='\n");
}

static void finds_sources(void **state)
{
	(void)state;
	expect("FROM x AS a\nFROM y\nCOPY --from=A / /\nCOPY --from=0 / /\n"
	       "COPY --from=+0 / /\nCOPY --from=z:1 / /\nCOPY --from= / /\n",
	       "1-1 a on x (-1)\n"
	       "2-7 - on y (-1) copy A=0 3:13-3:13 copy 0=0 4:13-4:13 copy +0=0 5:13-5:14 "
	       "copy z:1=-1 6:13-6:15\n");
	expect("FROM x AS a\nFROM y\nRUN --mount=type=cache,target=/c \\\n"
	       " --mount=from=a,target=/a --mount=\"from=0\" x\n",
	       "1-1 a on x (-1)\n"
	       "2-4 - on y (-1) copy a=0 4:15-4:15 copy 0=-1 3:0-3:0\n");
	expect("FROM x AS a\nONBUILD COPY --from=b / /\nONBUILD COPY --from=9 / /\n"
	       "FROM y AS b\n",
	       "1-3 a on x (-1) onbuild b=1 2:21-2:21 onbuild 9=-1 3:21-3:21\n"
	       "4-4 b on y (-1)\n");
	/* a number that does not fit is a name, and one behind a sign a number */
	expect("FROM x\nFROM y\nCOPY --from=9223372036854775808 / /\nCOPY --from=-0 / /\n"
	       "COPY --from=0x / /\nRUN --mount=source=/ z\n",
	       "1-1 - on x (-1)\n"
	       "2-6 - on y (-1) copy 9223372036854775808=-1 3:13-3:31 copy -0=0 4:13-4:14 "
	       "copy 0x=-1 5:13-5:14\n");
	expect("FROM x AS a\nFROM y AS a\nFROM z\nCOPY --from=a / /\n",
	       "1-1 a on x (-1)\n2-2 a on y (-1)\n3-4 - on z (-1) copy a=1 4:13-4:13\n");
}

static void refuses_sources(void **state)
{
	(void)state;
	expect("FROM x\nCOPY --from=7 / /\n", "1-2 - on x (-1) copy 7=-1 2:13-2:13\n"
					      "error: 2:13-2:13 there is no stage number 7\n");
	expect("FROM x\nFROM y\nCOPY --from=2 / /\n",
	       "1-1 - on x (-1)\n2-3 - on y (-1) copy 2=-1 3:13-3:13\n"
	       "error: 3:13-3:13 there is no stage number 2\n");
	expect("FROM x\nCOPY --from=-1 / /\n", "1-2 - on x (-1) copy -1=-1 2:13-2:14\n"
					       "error: 2:13-2:14 there is no stage number -1\n");
	expect("FROM x\nCOPY --from=9223372036854775807 / /\n",
	       "1-2 - on x (-1) copy 9223372036854775807=-1 2:13-2:31\n"
	       "error: 2:13-2:31 there is no stage number 9223372036854775807\n");
	expect("FROM x\nCOPY --from=a${ / /\n",
	       "1-2 - on x (-1) copy a${=-1 2:13-2:15\n"
	       "error: 2:13-2:15 the flag '--from' of COPY takes no variable\n");
	expect("FROM x\nCOPY --from=$V / /\n",
	       "1-2 - on x (-1) copy $V=-1 2:13-2:14\n"
	       "error: 2:13-2:14 the flag '--from' of COPY takes no variable\n");
	expect("FROM x\nCOPY --from=No / /\n", "1-2 - on x (-1) copy No=-1 2:13-2:14\n"
					       "error: 2:13-2:14 'No' is neither a stage nor an "
					       "image\n");
	expect("FROM x AS a\nRUN --mount=from=a y\n",
	       "1-2 a on x (-1) copy a=0 2:18-2:18\n"
	       "error: 2:18-2:18 the stage 'a' copies from itself, or from one that copies from "
	       "it\n");
	expect("FROM x AS a\nCOPY --from=b / /\nFROM y AS b\nCOPY --from=a / /\n",
	       "1-2 a on x (-1) copy b=1 2:13-2:13\n"
	       "3-4 b on y (-1) copy a=0 4:13-4:13\n"
	       "error: 4:13-4:13 the stage 'b' copies from itself, or from one that copies from "
	       "it\n");
	expect("FROM x AS scratch\nRUN --mount=type=cache,target=/c y\n",
	       "1-2 scratch on x (-1)\n"
	       "error: 1:0-1:0 the stage 'scratch' copies from itself, or from one that copies "
	       "from "
	       "it\n");
}

static void refuses_a_file_of_which_no_stage_can_be_built(void **state)
{
	(void)state;
	expect("FROM a\nENV A=\"b\n",
	       "1-2 - on a (-1)\n"
	       "error: 2:0-2:0 '\"b' is refused: it holds a double quote without its end\n");
	expect("FROM a AS x\nRUN y\nUSER ${U\nFROM x AS z\nFROM b\nCOPY --from=x / /\n",
	       "1-3 x on a (-1)\n"
	       "4-4 z on x (0)\n"
	       "5-6 - on b (-1) copy x=0 6:13-6:13\n"
	       "error: 3:0-3:0 '${U' is refused: it holds a '${' without its '}'\n");
	expect("FROM a\nVOLUME [\"'b\"]\nFROM c\nLABEL a=b c='d\n",
	       "1-2 - on a (-1)\n"
	       "3-4 - on c (-1)\n"
	       "error: 2:0-2:0 ''b' is refused: it holds a single quote without its end\n");
	expect("FROM a\nCOPY it's /\nFROM b AS c\n", "1-2 - on a (-1)\n"
						     "3-3 c on b (-1)\n");
	expect("FROM a\nUSER ${U:?needed}\nRUN it's\nCOPY <<A /x\nit's\nA\nENV A=it\\'s\n",
	       "1-7 - on a (-1)\n");
}

static void leaves_foreign_syntax_alone(void **state)
{
	(void)state;
	expect("# syntax=a/b:1\nX\n", "opaque: its syntax is that of 'a/b:1'\n");
	expect("#!/bin/x\n# syntax=a/b\n", "opaque: its syntax is that of 'a/b'\n");
	expect("// syntax=a/b\n", "opaque: its syntax is that of 'a/b'\n");
	expect("{\"x\": [1], \"syntax\": \"a\\u002fb\"}", "opaque: its syntax is that of 'a/b'\n");
	expect("# syntax=docker/dockerfile:1.4\nFROM x\n", "2-2 - on x (-1)\n");
	expect("# syntax=docker.io/docker/dockerfile-upstream:master\nFROM x\n",
	       "2-2 - on x (-1)\n");
	expect("# x\n# syntax=a/b\nFROM x\n", "3-3 - on x (-1)\n");
}

static void expect_build(const char *text, const struct build *build, const char *expected)
{
	struct arena arena = { 0 };
	struct dockerfile file = { .path = "Dockerfile" };
	struct buf out = { 0 };

	dockerfile_read(&file, &arena, (struct text){ text, strlen(text) });
	add_file(&out, dockerfile_for_build(&file, &arena, build));
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void sees_a_file_as_a_build_does(void **state)
{
	struct argument given[] = { { "V", "2" }, { "U", NULL } };
	const char *contexts[] = { "a" };
	struct build build = { .arguments = { given, 2, 2 }, .contexts = { contexts, 1, 1 } };

	(void)state;
	expect_build("ARG V\nARG W=w$V\nFROM x:$V AS a\nFROM $W AS b\nFROM a\n", &build,
		     "3-3 a on ? (-1)\n"
		     "4-4 b on w2 (-1)\n"
		     "5-5 - on a (0)\n");
	expect_build("FROM x:$V\n", &build,
		     "1-1 - on x: (-1)\n"
		     "error: 1:6-1:9 'x:$V' is neither a stage above nor an image\n");
}

/* TARGETSTAGE is the target as it is asked for, else the last stage's name, else "default". */
static void knows_the_name_of_the_stage_that_is_built(void **state)
{
	static const char named[] = "FROM x:$TARGETSTAGE AS a\nFROM y:$TARGETSTAGE AS Last\n";
	static const char nameless[] = "FROM x AS a\nFROM y:$TARGETSTAGE\n";

	(void)state;
	expect(named, "1-1 a on x:last (-1)\n2-2 last on y:last (-1)\n");
	expect(nameless, "1-1 a on x (-1)\n2-2 - on y:default (-1)\n");
	expect_build(nameless, &(struct build){ .target = "" },
		     "1-1 a on x (-1)\n2-2 - on y:default (-1)\n");
	expect_build(named, &(struct build){ .target = "A" },
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
	expect(text, "2-2 - on x:amd64 (-1) by platform\n3-3 - on y:linux (-1) by platform\n"
		     "4-4 - on z:amd64 (-1) by platform\n");
	expect_build(text, &(struct build){ .arguments = { given, 3, 3 } },
		     "2-2 - on x:arm64 (-1)\n3-3 - on y:linux (-1) by platform\n"
		     "4-4 - on z:arm64 (-1)\n");
	expect_build(text, &(struct build){ .arguments = { twice, 2, 2 } },
		     "2-2 - on x:s390x (-1)\n3-3 - on y:linux (-1) by platform\n"
		     "4-4 - on z:s390x (-1)\n");
}

static void hides_stages_behind_contexts(void **state)
{
	static const char *contexts[] = { "a", "scratch", "context", "x" };
	struct build build = { .contexts = { contexts, 4, 4 } };

	(void)state;
	/* but those that no context can have the name of */
	expect_build("FROM x AS A\nFROM y AS scratch\nFROM z AS context\nFROM a AS b\n", &build,
		     "1-1 a on ? (-1)\n2-2 scratch on y (-1)\n3-3 context on z (-1)\n"
		     "4-4 b on a (0)\n");
}

static void takes_a_platform_that_is_empty_for_none(void **state)
{
	(void)state;
	expect("FROM --platform= x\n", "1-1 - on x (-1)\n");
	expect("FROM --platform=linux/amd64 x\n", "1-1 - on x (-1)\n");
	expect("FROM --platform=$P x\n", "1-1 - on ? (-1)\n"
					 "error: 1:20-1:20 '$P' is no platform\n");
	expect("ARG P\nFROM --platform=$P x\n", "2-2 - on ? (-1) wants P\n");
	expect("ARG P\nFROM --platform=${P:?x} x\n", "2-2 - on ? (-1) wants P\n");
	expect("FROM --platform=${P:?x} x\n",
	       "1-1 - on ? (-1)\n"
	       "error: 1:25-1:25 the platform '${P:?x}' is refused: a variable that it requires "
	       "has no value\n");
	expect("FROM --platform=a/b/c/d x\n", "1-1 - on ? (-1)\n"
					      "error: 1:25-1:25 'a/b/c/d' is no platform\n");
}

static void finds_the_stage_of_a_target(void **state)
{
	static const char text[] = "FROM x AS a\nFROM y AS a\nFROM z AS builder\nFROM z\n";
	struct arena arena = { 0 };
	struct dockerfile file = { .path = "Dockerfile" };

	(void)state;
	dockerfile_read(&file, &arena, (struct text){ text, sizeof(text) - 1 });
	assert_int_equal(dockerfile_stage(&file, NULL)->index, 3);
	assert_int_equal(dockerfile_stage(&file, "")->index, 3);
	assert_int_equal(dockerfile_stage(&file, "a")->index, 1);
	assert_int_equal(dockerfile_stage(&file, "BUILDER")->index, 2);
	assert_null(dockerfile_stage(&file, "0"));
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
		cmocka_unit_test(finds_sources),
		cmocka_unit_test(refuses_sources),
		cmocka_unit_test(refuses_a_file_of_which_no_stage_can_be_built),
		cmocka_unit_test(leaves_foreign_syntax_alone),
		cmocka_unit_test(sees_a_file_as_a_build_does),
		cmocka_unit_test(knows_the_name_of_the_stage_that_is_built),
		cmocka_unit_test(takes_a_platform_from_the_arguments),
		cmocka_unit_test(hides_stages_behind_contexts),
		cmocka_unit_test(takes_a_platform_that_is_empty_for_none),
		cmocka_unit_test(finds_the_stage_of_a_target),
		cmocka_unit_test(limits_what_variables_cost),
	};

	return cmocka_run_group_tests_name("stages", tests, NULL, NULL);
}
