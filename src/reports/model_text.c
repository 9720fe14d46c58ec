#include "base/utf8.h"
#include "reports/model.h"

/* Written text of a repository, cleaned for a terminal; what is not there as a dash. */
static void add_clean(struct buf *out, const char *format, const char *text)
{
	struct arena scratch = { 0 };
	const char *clean = text ? utf8_clean(&scratch, text, false) : "-";

	for (const char *at = format; *at; at++) {
		if (*at == '@')
			buf_add(out, clean);
		else
			buf_addc(out, *at);
	}
	arena_release(&scratch);
}

static void write_stage(struct buf *out, const struct stage *stage)
{
	buf_addf(out, "  %d:%u ", stage->index, stage->start_line);
	add_clean(out, "@", stage->name);
	add_clean(out, " from @", stage->base ? stage->base : stage->base_text);
	if (stage->parent >= 0)
		buf_addf(out, " (stage %d)", stage->parent);
	vec_each (const struct stage_source *, source, &stage->sources) {
		add_clean(out, ", copies @", source->from);
		if (source->stage >= 0)
			buf_addf(out, " (stage %d)", source->stage);
	}
	buf_addc(out, '\n');
}

static void write_build(struct buf *out, const struct build *build)
{
	add_clean(out, "@", build->place.path);
	buf_addf(out, ":%u", build->place.span.line);
	add_clean(out, ": @", build->subject);
	add_clean(out, " builds @", build->inlined ? "inline text" : build->dockerfile);
	add_clean(out, " target @", build->target);
	if (build->stage >= 0)
		buf_addf(out, " (stage %d)", build->stage);
	add_clean(out, " in @", build->context);
	if (build->error)
		add_clean(out, ": @", build->error);
	buf_addc(out, '\n');
}

void model_write_text(struct buf *out, const struct project *project)
{
	vec_each (struct dockerfile *const *, file, &project->dockerfiles) {
		add_clean(out, "@\n", (*file)->path);
		if ((*file)->error)
			add_clean(out, "  error: @\n", (*file)->error);
		if ((*file)->opaque)
			add_clean(out, "  not read: @\n", (*file)->opaque);
		vec_each (const struct stage *, stage, &(*file)->stages)
			write_stage(out, stage);
	}
	vec_each (const struct build *, build, &project->builds)
		write_build(out, build);
}
