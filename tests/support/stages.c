#include "tests/support/stages.h"

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

void expect_stages(const char *text, const char *expected)
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

void expect_stages_of(const char *text, const struct build *build, const char *expected)
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
