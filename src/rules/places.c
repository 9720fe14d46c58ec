#include "rules/places.h"

#include <string.h>

#include "base/buf.h"

#define MAX_NAMES_LISTED 6
#define MAX_NAME_LISTED 100 /* bytes */

struct finding at_build(const struct build *build, const struct place *place)
{
	const struct place *at = place->path ? place : &build->place;

	return (struct finding){ .path = at->path, .span = at->span, .subject = build->subject };
}

struct finding at_dockerfile(const struct dockerfile *file)
{
	unsigned line = file->first_from ? file->first_from : 1;

	return (struct finding){ .path = file->path,
				 .span = span_lines(line, line),
				 .dockerfile = file->path };
}

struct finding at_stage(const struct dockerfile *file, const struct stage *stage, struct span span)
{
	if (span.line == 0)
		span = span_lines(stage->start_line, stage->start_line);
	return (struct finding){ .path = file->path,
				 .span = span,
				 .subject = stage->name,
				 .dockerfile = file->path,
				 .stage = stage->name };
}

struct finding at_waiver(struct arena *arena, const struct policy_waiver *waiver, struct span span)
{
	return (struct finding){ .path = waiver->origin,
				 .span = span,
				 .value = arena_printf(arena, "%s %s", waiver->rule->id,
						       waiver->path) };
}

bool is_judged_elsewhere(const struct project *project, const struct dockerfile *file)
{
	return file->real_path && strcmp(file->path, file->real_path) != 0 &&
	       project_dockerfile(project, file->real_path);
}

const char *dockerfile_title(struct arena *arena, const struct dockerfile *file)
{
	if (!*file->path)
		return "its inline Dockerfile";
	return arena_printf(arena, "'%s'", file->path);
}

static void mark_sources(bool *used, const struct stage *stage, const struct stage_sources *sources)
{
	vec_each (const struct stage_source *, source, sources)
		if (source->stage >= 0 && source->stage != stage->index)
			used[source->stage] = true;
}

/* Does an argument choose which stage it builds on? Its default is one of them. */
static bool may_be_any(const struct stage *stage)
{
	if (stage->is_platform_base || stage->unresolved)
		return true;
	return stage->base && strchr(stage->base_text, '$') && !strpbrk(stage->base, "/:@");
}

void mark_used(bool *used, const struct dockerfile *file)
{
	int above = 0;

	vec_each (const struct stage *, stage, &file->stages) {
		if (may_be_any(stage))
			above = stage->index;
		if (stage->parent >= 0)
			used[stage->parent] = true;
		mark_sources(used, stage, &stage->sources);
		mark_sources(used, stage, &stage->triggers);
	}
	while (above-- > 0)
		used[above] = true;
}

const char *name_in(struct arena *arena, const char *path, const char *name)
{
	return arena_printf(arena, "%s\n%s", path, name);
}

const char *names_listed(struct arena *arena, const struct strings *names)
{
	struct buf list = { 0 };
	const char *copy = NULL;

	for (size_t i = 0; i < names->count && i < MAX_NAMES_LISTED; i++)
		buf_addf(&list, "%s'%.*s'", i ? ", " : "", MAX_NAME_LISTED, names->items[i]);
	if (names->count > MAX_NAMES_LISTED)
		buf_add(&list, ", ...");
	copy = arena_string(arena, buf_text(&list));
	buf_release(&list);
	return copy;
}
