#include "rules/places.h"
#include "rules/rules.h"

/* The stages that no other stage builds on or copies from, by the names people see. */
static struct strings *ends_of(struct arena *arena, const struct dockerfile *file)
{
	struct strings *ends = arena_new(arena, struct strings);
	bool *used = arena_alloc(arena, file->stages.count * sizeof(*used) + 1);

	mark_used(used, file);
	vec_each (const struct stage *, stage, &file->stages)
		if (!used[stage->index])
			*vec_add(arena, ends) =
				stage->name ? stage->name
					    : arena_printf(arena, "stage %d", stage->index);
	return ends;
}

static const struct strings *known_ends(struct pass *pass, struct map *known,
					const struct dockerfile *file)
{
	struct strings *ends = map_get(known, file->path);

	if (ends)
		return ends;
	ends = ends_of(pass->arena, file);
	map_put(known, pass->arena, file->path, ends);
	return ends;
}

static bool names_target(const struct build *build)
{
	return build->target && *build->target;
}

static void check(struct pass *pass)
{
	struct map known = { 0 };

	vec_each (const struct build *, build, &pass->project->builds) {
		const struct dockerfile *file = build_dockerfile(pass->project, build);
		struct finding finding = at_build(build, &build->place);
		const struct strings *ends = NULL;

		if (!file || build->error || build->unresolved || names_target(build) ||
		    (build->laid && names_target(build->laid)))
			continue;
		ends = build->variant || build->inlined ? ends_of(pass->arena, file)
							: known_ends(pass, &known, file);
		if (ends->count < 2)
			continue;
		finding.dockerfile = *file->path ? file->path : NULL;
		finding.help = "say with 'target:' which one is meant";
		found(pass, finding, "service '%s' names no target, and %s ends in %s",
		      build->subject, dockerfile_title(pass->arena, file),
		      names_listed(pass->arena, ends));
	}
}

const struct rule rule_missing_target = {
	.id = "missing-target",
	.title = "Missing target",
	.summary =
		"a build names no target though its Dockerfile has several stages to choose from",
	.level = LEVEL_WARNING,
	.check = check,
};
