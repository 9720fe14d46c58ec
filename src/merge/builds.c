#include "merge/builds.h"

#include <string.h>

#include "base/buf.h"
#include "base/path.h"
#include "merge/scalar.h"
#include "model/stages.h"

/* The builds of one old file, on their way to the merged one. */
struct rewriting {
	struct plan *plan;
	const struct project *project;
	struct scalars scalars;
};

static const struct input *input_of(const struct plan *plan, const struct build *build)
{
	vec_each (const struct input *, input, &plan->inputs)
		if (build->dockerfile && strcmp(build->dockerfile, input->recipe.file->path) == 0)
			return input;
	return NULL;
}

static const char *shown(struct rewriting *rewriting, const struct build *build)
{
	return arena_printf(rewriting->plan->arena, "service '%s' builds '%s'", build->subject,
			    build->dockerfile);
}

static void refuse(struct rewriting *rewriting, const struct build *build, struct place place,
		   const char *why)
{
	plan_refuse(rewriting->plan, place, "change it by hand, and merge then", "%s, and %s",
		    shown(rewriting, build), why);
}

/* The path of the kept file as seen from the context; NULL where it is what a build without
 * "dockerfile" takes. */
static const char *dockerfile_now(struct rewriting *rewriting, const struct build *build)
{
	struct arena *arena = rewriting->plan->arena;
	const char *kept = plan_kept(rewriting->plan)->recipe.file->path;
	const char *usual = path_join(arena, build->context, "Dockerfile");

	if (strcmp(usual, kept) == 0)
		return NULL;
	return path_relative(arena, build->context, kept);
}

/* The target that gives the same; NULL where the last stage does. */
static const char *target_now(struct rewriting *rewriting, const struct input *input,
			      const struct build *build)
{
	const struct plan *plan = rewriting->plan;
	const struct part *part = input_part(input, build->target);

	if (!part ||
	    (part == input_part(plan_kept(plan), NULL) && (!build->target || !*build->target)))
		return NULL;
	return part->name;
}

/* One that says which Dockerfile. */
static bool set_named(struct rewriting *rewriting, const struct build *build,
		      const char *dockerfile, const char *target)
{
	struct scalars *scalars = &rewriting->scalars;
	bool has_target = build->target_place.path != NULL;

	if (has_target && target && !scalar_set(scalars, build->target_place, target))
		return false;
	if (dockerfile && !scalar_set(scalars, build->dockerfile_place, dockerfile))
		return false;
	if (has_target || !target)
		return dockerfile || scalar_drop(scalars, build->dockerfile_place, "dockerfile");
	if (dockerfile)
		return scalar_add(scalars, build->dockerfile_place, "target", target);
	return scalar_rename(scalars, build->dockerfile_place, "dockerfile", "target") &&
	       scalar_set(scalars, build->dockerfile_place, target);
}

/* One that names the directory alone, in which the Dockerfile is not that any more. */
static bool set_default(struct rewriting *rewriting, const struct build *build,
			const char *dockerfile, const char *target)
{
	struct scalars *scalars = &rewriting->scalars;
	struct place place = build->context_place.path ? build->context_place : build->place;
	bool has_target = build->target_place.path != NULL;

	if (has_target && target && !scalar_set(scalars, build->target_place, target))
		return false;
	if (!dockerfile)
		return has_target || !target || scalar_add(scalars, place, "target", target);
	return scalar_add(scalars, place, "dockerfile", dockerfile) &&
	       (has_target || !target || scalar_add(scalars, place, "target", target));
}

static void rewrite_build(struct rewriting *rewriting, const struct build *build)
{
	const struct input *input = input_of(rewriting->plan, build);
	const char *dockerfile = NULL, *target = NULL;
	bool is_done = false;

	if (!input || build->stage < 0 || !build->context)
		return;
	target = target_now(rewriting, input, build);
	if (input->is_kept) {
		is_done = !target || !build->target || strcmp(target, build->target) == 0 ||
			  scalar_set(&rewriting->scalars, build->target_place, target);
	} else {
		dockerfile = dockerfile_now(rewriting, build);
		is_done = build->dockerfile_place.path
				  ? set_named(rewriting, build, dockerfile, target)
				  : set_default(rewriting, build, dockerfile, target);
	}
	if (!is_done)
		refuse(rewriting, build, build->place,
		       "that is written in a way that is not rewritten");
}

void builds_rewrite(struct plan *plan, const struct project *project, struct overlay *overlay)
{
	struct rewriting rewriting = { .plan = plan, .project = project };
	struct strings paths = { 0 };

	rewriting.scalars = (struct scalars){ .arena = plan->arena, .project = project };
	vec_each (const struct build *, build, &project->builds)
		rewrite_build(&rewriting, build);
	vec_each (const struct build *, build, &project->covered)
		rewrite_build(&rewriting, build);
	scalars_paths(&rewriting.scalars, &paths);
	vec_each (const char *const *, path, &paths)
		overlay_put(overlay, plan->arena,
			    (struct rewrite){ *path, project_text(project, *path),
					      scalars_text(&rewriting.scalars, *path) });
}

static bool is_same_view(const struct build *one, const struct build *other)
{
	if (strcmp(one->subject, other->subject) != 0 || strcmp(one->kind, other->kind) != 0 ||
	    one->files.count != other->files.count)
		return false;
	for (size_t i = 0; i < one->files.count; i++)
		if (strcmp(one->files.items[i], other->files.items[i]) != 0)
			return false;
	return true;
}

/* What a build does, in hex; "" where nobody knows. */
static struct key chain_of(struct arena *arena, const struct project *project,
			   const struct build *build)
{
	const struct dockerfile *file = build_dockerfile(project, build);
	struct key key = { "" };
	struct recipe recipe;

	if (!file || build->stage < 0 || file->error || file->opaque)
		return key;
	recipe_read(&recipe, arena, file);
	return recipe.stages.items[build->stage].chain;
}

static bool is_same(struct arena *arena, const struct project *before, const struct build *old,
		    const struct project *after, const struct build *new)
{
	struct key was = chain_of(arena, before, old), is = chain_of(arena, after, new);

	if (strcmp(was.hex, is.hex) != 0 || old->remote != new->remote ||
	    !old->context != !new->context)
		return false;
	return !old->context || strcmp(old->context, new->context) == 0;
}

/* A context that would not be there any more was a directory of Dockerfiles alone. 0, or -1. */
static int check_context(struct plan *plan, const struct build *old, const struct project *before,
			 const struct project *after)
{
	struct entry was = { 0 }, is = { 0 };

	if (!old->context)
		return 0;
	if (snapshot_find(before->snapshot, &was, old->context) < 0 ||
	    snapshot_find(after->snapshot, &is, old->context) < 0)
		return -1;
	if (was.kind == ENTRY_DIRECTORY && is.kind != ENTRY_DIRECTORY)
		plan_refuse(plan, old->place, "keep another file in it, or build it in another one",
			    "service '%s' is built in '%s', in which nothing would be left",
			    old->subject, old->context);
	return 0;
}

int builds_compare(struct plan *plan, const struct project *before, const struct project *after)
{
	struct arena scratch = { 0 };
	int failed = 0;

	vec_each (const struct build *, old, &before->builds) {
		bool is_kept = false;

		vec_each (const struct build *, new, &after->builds)
			is_kept = is_kept || (is_same_view(old, new) &&
					      is_same(&scratch, before, old, after, new));
		if (!is_kept)
			plan_refuse(plan, old->place, "change it by hand, and merge then",
				    "service '%s' would not build the same as before",
				    old->subject);
		arena_clear(&scratch);
		failed |= check_context(plan, old, before, after);
	}
	arena_release(&scratch);
	return failed;
}
