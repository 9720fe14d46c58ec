#include "base/limits.h"
#include "base/pair.h"
#include "model/project.h"
#include "model/stages.h"
#include "syntax/dockerfile.h"

#define MIN_PAIRED 256 /* builds that make a second thread worth its while */

struct varied VEC(struct build *);

/* What one of the threads works with. */
struct varying {
	const struct project *project;
	const struct varied *builds;
	struct arena *arena;
};

/* Does it change what its Dockerfile says? One too many is an error of its own. */
static bool is_varied(struct project *project, struct build *build)
{
	const struct dockerfile *file = build_dockerfile(project, build);

	if (!file || !file->syntax || (build->arguments.count == 0 && build->contexts.count == 0))
		return false;
	project->effort.variants += file->syntax->instructions.count;
	if (project->effort.variants <= MAX_VARIANT_STEPS)
		return true;
	if (!build->error)
		build->error = arena_printf(project->arena,
					    "builds with arguments of their own read more than %u "
					    "instructions",
					    MAX_VARIANT_STEPS);
	project_unchecked(project, build->place.path, build->place.span.line, "%s", build->error);
	return false;
}

static void vary(const struct varying *varying, struct build *build)
{
	build->variant = dockerfile_for_build(build_dockerfile(varying->project, build),
					      varying->arena, build);
}

static void vary_some(struct pair_half *half, void *context)
{
	const struct varying *varying = context;
	size_t item = 0;

	while (pair_take(half, &item))
		vary(varying, varying->builds->items[item]);
}

void project_make_variants(struct project *project)
{
	struct arena arena = { 0 };
	struct varied builds = { 0 };
	struct varying ours = { project, &builds, project->arena },
		       theirs = { project, &builds, &arena };

	vec_each (struct build *, build, &project->builds)
		if (is_varied(project, build))
			*vec_add(project->arena, &builds) = build;
	if (builds.count >= MIN_PAIRED && pair_work(builds.count, vary_some, &ours, &theirs))
		arena_join(project->arena, &arena);
	else
		vec_each (struct build **, build, &builds)
			vary(&ours, *build);
}
