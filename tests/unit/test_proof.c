/* A merged file that does not do what the old ones did is refused, whatever went wrong before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "merge/arrange.h"
#include "merge/proof.h"
#include "merge/write.h"
#include "model/stages.h"

#define KEPT "# syntax=docker/dockerfile:1\nFROM a AS app\nRUN one\n"
#define VARIANT "# of dev\nFROM a\nRUN two\n"
#define MERGED                                                                                     \
	"# syntax=docker/dockerfile:1\n"                                                           \
	"\n"                                                                                       \
	"FROM a AS base\n"                                                                         \
	"\n"                                                                                       \
	"# of dev\n"                                                                               \
	"FROM base AS dev\n"                                                                       \
	"RUN two\n"                                                                                \
	"\n"                                                                                       \
	"FROM base AS app\n"                                                                       \
	"RUN one\n"

static struct arena arena;

static void add_input(struct plan *plan, const char *path, const char *text, bool is_kept)
{
	struct input *input = vec_add(&arena, &plan->inputs);
	struct dockerfile *file = arena_new(&arena, struct dockerfile);

	file->path = file->real_path = path;
	dockerfile_read(file, &arena, (struct text){ text, strlen(text) });
	recipe_read(&input->recipe, &arena, file);
	input->is_kept = is_kept;
}

/* The merged file with other words in place of some. */
static struct text forged(const char *words, const char *others)
{
	const char *at = strstr(MERGED, words), *text = NULL;

	assert_non_null(at);
	text = arena_printf(&arena, "%.*s%s%s", (int)(at - MERGED), MERGED, others,
			    at + strlen(words));
	return (struct text){ text, strlen(text) };
}

/* What is said against a merged file, "PATH:LINE: why", then what is proven, "PATH TARGET NOW". */
static void expect(const char *words, const char *others, const char *expected)
{
	struct plan plan = { .arena = &arena };
	struct provens provens = { 0 };
	struct dockerfile merged;
	struct buf said = { 0 };

	add_input(&plan, "Dockerfile.dev", VARIANT, false);
	add_input(&plan, "Dockerfile", KEPT, true);
	arrange(&plan);
	assert_string_equal(write_merged(&plan).bytes, MERGED);
	prove(&plan, &provens, &merged, forged(words, others));
	vec_each (const struct refusal *, refusal, &plan.refusals)
		buf_addf(&said, "%s:%u: %s\n", refusal->place.path, refusal->place.span.line,
			 refusal->message);
	vec_each (const struct proven *, proven, &provens)
		buf_addf(&said, "%s %s %s%s %zu\n", proven->path,
			 proven->target ? proven->target : "-", proven->now,
			 proven->is_last ? ", last," : "", proven->length);
	assert_string_equal(buf_text(&said), expected);
	buf_release(&said);
	arena_release(&arena);
}

#define DEV "Dockerfile.dev - dev 1\n"
#define APP "Dockerfile app app, last, 1\nDockerfile - app, last, 1\n"

static void proves_every_target(void **state)
{
	(void)state;
	expect("", "", DEV APP);
}

static void refuses_another_instruction(void **state)
{
	(void)state;
	expect("RUN one", "RUN other",
	       "Dockerfile:0: the stage 'app' would not stay the same: its instructions would be "
	       "others\n"
	       "Dockerfile:0: its last stage would not stay the same: its instructions would be "
	       "others\n" DEV);
	expect("FROM base AS dev", "FROM b AS dev",
	       "Dockerfile.dev:0: its last stage would not stay the same: its instructions would "
	       "be others\n" APP);
}

static void refuses_another_name(void **state)
{
	(void)state;
	expect(" AS dev", "",
	       "Dockerfile.dev:0: its last stage would not stay the same: nothing in the merged "
	       "file is called so\n" APP);
}

static void refuses_another_last_stage(void **state)
{
	(void)state;
	expect("AS app\nRUN one\n", "AS app\nRUN one\nFROM base\n",
	       "Dockerfile:0: its last stage would not stay the same: a build without a target "
	       "would get another\n" DEV "Dockerfile app app 1\n");
}

static void refuses_to_lose_a_comment(void **state)
{
	(void)state;
	expect("# of dev\n", "", "Dockerfile.dev:1: this comment would be lost\n" DEV APP);
	expect("# of dev\n", "# of developers\n",
	       "Dockerfile.dev:1: this comment would be lost\n" DEV APP);
	expect("# of dev\n", "  # of dev\n", DEV APP);
}

/* A directive is no comment: whether it is the same is asked before. */
static void takes_no_directive_for_a_comment(void **state)
{
	(void)state;
	expect("# syntax=docker/dockerfile:1\n", "", DEV APP);
}

static void refuses_what_the_builder_or_we_cannot_read(void **state)
{
	(void)state;
	expect("RUN one", "RUNS one",
	       "Dockerfile:0: the merged file would be refused: there is no instruction 'RUNS'\n");
	expect("docker/dockerfile:1", "example.org/other",
	       "Dockerfile:0: the merged file would be refused: its syntax is that of "
	       "'example.org/other'\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proves_every_target),
		cmocka_unit_test(refuses_another_instruction),
		cmocka_unit_test(refuses_another_name),
		cmocka_unit_test(refuses_another_last_stage),
		cmocka_unit_test(refuses_to_lose_a_comment),
		cmocka_unit_test(takes_no_directive_for_a_comment),
		cmocka_unit_test(refuses_what_the_builder_or_we_cannot_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
