#include "model/dockerfile.h"
#include "rules/places.h"
#include "rules/rules.h"

static const char *advice(struct arena *arena, const struct dockerfile *file, const char *nearest)
{
	struct strings names = { 0 };

	for (size_t i = 0; i < file->stages.count && names.count <= 6; i++)
		if (file->stages.items[i].name)
			*vec_add(arena, &names) = file->stages.items[i].name;
	if (names.count == 0)
		return "name a stage of it with 'AS', or leave out the target";
	if (nearest)
		return arena_printf(arena, "did you mean '%s'? its stages are %s", nearest,
				    names_listed(arena, &names));
	return arena_printf(arena, "name one of its stages: %s", names_listed(arena, &names));
}

/* Are the stages of the file known, and what the build wants of it? No target is the last one. */
static bool is_judged(const struct build *build, const struct dockerfile *file)
{
	return file && file->stages.count > 0 && !build->error && !build->unresolved;
}

static void check(struct pass *pass)
{
	vec_each (const struct build *, build, &pass->project->builds) {
		const struct dockerfile *file = build_dockerfile(pass->project, build);
		struct finding finding = at_build(build, &build->target_place);

		if (build->stage >= 0 || build->laid || !is_judged(build, file))
			continue;
		finding.value = finding.stage = build->target;
		finding.dockerfile = *file->path ? file->path : NULL;
		finding.suggestion = dockerfile_nearest(file, build->target);
		finding.help = advice(pass->arena, file, finding.suggestion);
		found(pass, finding, "service '%s' builds stage '%s', which %s does not have",
		      build->subject, build->target, dockerfile_title(pass->arena, file));
	}
}

const struct rule rule_unknown_stage = {
	.id = "unknown-stage",
	.title = "Unknown stage",
	.summary = "a build's target is no stage of the Dockerfile it builds",
	.level = LEVEL_ERROR,
	.check = check,
};
