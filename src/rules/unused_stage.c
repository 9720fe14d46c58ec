#include <string.h>

#include "rules/places.h"
#include "rules/rules.h"

/* Which stages of each Dockerfile are used: one bool a stage, by the path of the Dockerfile. */
struct uses {
	struct pass *pass;
	struct table by_path;
};

static bool *uses_of(struct uses *uses, const struct dockerfile *file)
{
	const char *path = file->real_path ? file->real_path : file->path;
	bool *used = table_get(&uses->by_path, path);

	if (!used) {
		used = arena_alloc(uses->pass->arena, file->stages.count * sizeof(*used) + 1);
		table_put(&uses->by_path, uses->pass->arena, path, used);
	}
	return used;
}

/* What a build builds; any stage where it is not known here. */
static void use_by_build(struct uses *uses, const struct build *build)
{
	const struct dockerfile *file = build_dockerfile(uses->pass->project, build);
	bool *used = NULL;

	if (!file || !*file->path || file->stages.count == 0)
		return;
	used = uses_of(uses, file);
	if (build->variant)
		mark_used(used, build->variant);
	if (build->stage >= 0)
		used[build->stage] = true;
	if (build->unresolved || build->error)
		memset(used, true, file->stages.count * sizeof(*used));
}

static void check_file(struct pass *pass, struct uses *uses, const struct dockerfile *file)
{
	const bool *used = uses_of(uses, file);

	vec_each (const struct stage *, stage, &file->stages) {
		struct finding finding;

		if (!stage->name || used[stage->index] ||
		    (size_t)stage->index + 1 == file->stages.count)
			continue;
		finding = at_stage(file, stage, stage->name_span);
		finding.value = stage->name;
		finding.help = "build it with 'target:', or remove it";
		found(pass, finding,
		      "nothing builds stage '%s' of '%s', builds on it or copies from it",
		      stage->name, file->path);
	}
}

static void check(struct pass *pass)
{
	struct uses uses = { .pass = pass };

	vec_each (const struct build *, build, &pass->project->builds)
		use_by_build(&uses, build);
	vec_each (const struct build *, build, &pass->project->covered)
		use_by_build(&uses, build);
	vec_each (struct dockerfile **, file, &pass->project->dockerfiles) {
		if (is_judged_elsewhere(pass->project, *file))
			continue;
		mark_used(uses_of(&uses, *file), *file);
		check_file(pass, &uses, *file);
	}
}

const struct rule rule_unused_stage = {
	.id = "unused-stage",
	.title = "Unused stage",
	.summary = "a named stage that nothing builds, copies from or builds on",
	.level = LEVEL_NOTICE,
	.check = check,
};
