#include "merge/builds.h"

#include <string.h>

#include "base/buf.h"
#include "base/path.h"
#include "merge/scalar.h"
#include "merge/untouched.h"
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

/* The path of the kept file as seen from the context. */
static const char *kept_path(struct rewriting *rewriting, const struct build *build)
{
	return path_relative(rewriting->plan->arena, build->context,
			     plan_kept(rewriting->plan)->recipe.file->path);
}

/* The same; NULL where it is what a build without "dockerfile" takes. */
static const char *dockerfile_now(struct rewriting *rewriting, const struct build *build)
{
	const char *kept = kept_path(rewriting, build);

	return strcmp(kept, "Dockerfile") == 0 ? NULL : kept;
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

/* Is it to be changed where it stands? Not where it is wanted elsewhere as it is, or by the file
 * that another one is laid over: then it gets another one beside what says which Dockerfile. */
static bool has_target(struct rewriting *rewriting, const struct build *build)
{
	struct place target = build->target_place, dockerfile = build->dockerfile_place;

	return target.path && !scalar_is_kept(&rewriting->scalars, target) &&
	       (!dockerfile.path || strcmp(target.path, dockerfile.path) == 0);
}

/* A key that is not needed any more; where it cannot go it says what holds without it. */
static bool drop_dockerfile(struct rewriting *rewriting, const struct build *build)
{
	struct scalars *scalars = &rewriting->scalars;
	struct place place = build->dockerfile_place;

	return scalar_drop(scalars, place, "dockerfile") ||
	       scalar_set(scalars, place, kept_path(rewriting, build));
}

/* One that says which Dockerfile. */
static bool set_named(struct rewriting *rewriting, const struct build *build,
		      const char *dockerfile, const char *target)
{
	struct scalars *scalars = &rewriting->scalars;
	struct place place = build->dockerfile_place;

	if (target && has_target(rewriting, build)) {
		if (!scalar_set(scalars, build->target_place, target))
			return false;
		target = NULL;
	}
	if (!dockerfile && target)
		return scalar_rename(scalars, place, "dockerfile", "target") &&
		       scalar_set(scalars, place, target);
	if (!dockerfile)
		return drop_dockerfile(rewriting, build);
	return scalar_set(scalars, place, dockerfile) &&
	       (!target || scalar_add(scalars, place, "target", target));
}

/* One that names the directory alone, in which the Dockerfile is not that any more. */
static bool set_default(struct rewriting *rewriting, const struct build *build,
			const char *dockerfile, const char *target)
{
	struct scalars *scalars = &rewriting->scalars;
	struct place place = build->context_place.path ? build->context_place : build->place;

	if (dockerfile && !scalar_add(scalars, place, "dockerfile", dockerfile))
		return false;
	if (!target)
		return true;
	return has_target(rewriting, build) ? scalar_set(scalars, build->target_place, target)
					    : scalar_add(scalars, place, "target", target);
}

static bool is_variable(struct rewriting *rewriting, const struct build *build)
{
	return scalar_is_variable(&rewriting->scalars, build->dockerfile_place) ||
	       scalar_is_variable(&rewriting->scalars, build->target_place);
}

static void rewrite_variant(struct rewriting *rewriting, const struct input *input,
			    const struct build *build)
{
	const char *target = target_now(rewriting, input, build), *dockerfile = NULL;
	bool is_done = false;

	if (is_variable(rewriting, build)) {
		refuse(rewriting, build, build->place, "which one depends on a variable");
		return;
	}
	if (build->stage < 0 || !build->context) {
		refuse(rewriting, build, build->place, "which stage or context is not known");
		return;
	}
	dockerfile = dockerfile_now(rewriting, build);
	is_done = build->dockerfile_place.path ? set_named(rewriting, build, dockerfile, target)
					       : set_default(rewriting, build, dockerfile, target);
	if (!is_done)
		refuse(rewriting, build, build->place,
		       "that is written in a way that is not rewritten");
}

/* Only a stage that is called otherwise needs a change. */
static bool is_settled(struct rewriting *rewriting, const struct build *build)
{
	const struct input *input = input_of(rewriting->plan, build);
	const char *target = NULL;

	if (!input)
		return true;
	target = build->stage < 0 ? NULL : target_now(rewriting, input, build);
	return input->is_kept && (!target || !build->target || !strcasecmp(target, build->target));
}

static void rewrite_build(struct rewriting *rewriting, const struct build *build)
{
	const struct input *input = input_of(rewriting->plan, build);
	const char *target = NULL;

	if (is_settled(rewriting, build))
		return;
	if (!input->is_kept) {
		rewrite_variant(rewriting, input, build);
		return;
	}
	target = target_now(rewriting, input, build);
	if (!scalar_set(&rewriting->scalars, build->target_place, target))
		refuse(rewriting, build, build->place,
		       "its target is written in a way that is not rewritten");
}

/* What builds say that stay as they are. */
static void keep_build(struct rewriting *rewriting, const struct build *build)
{
	if (!is_settled(rewriting, build))
		return;
	scalar_keep(&rewriting->scalars, build->dockerfile_place);
	scalar_keep(&rewriting->scalars, build->target_place);
}

static void put_file(struct rewriting *rewriting, const char *path, struct overlay *overlay)
{
	struct plan *plan = rewriting->plan;
	struct rewrite rewrite = { path, project_text(rewriting->project, path),
				   scalars_text(&rewriting->scalars, path) };

	if (untouched(plan->arena, rewrite.before, rewrite.after))
		overlay_put(overlay, rewrite);
	else
		plan_refuse(plan, (struct place){ .path = path },
			    "change it by hand, and merge then",
			    "it names a Dockerfile in a way that cannot be rewritten without "
			    "changing something else");
}

void builds_rewrite(struct plan *plan, const struct project *project, struct overlay *overlay)
{
	struct rewriting rewriting = { .plan = plan, .project = project };
	struct strings paths = { 0 };

	rewriting.scalars = (struct scalars){ .arena = plan->arena, .project = project };
	vec_each (const struct build *, build, &project->builds)
		keep_build(&rewriting, build);
	vec_each (const struct build *, build, &project->covered)
		keep_build(&rewriting, build);
	vec_each (const struct build *, build, &project->builds)
		rewrite_build(&rewriting, build);
	vec_each (const struct build *, build, &project->covered)
		rewrite_build(&rewriting, build);
	scalars_paths(&rewriting.scalars, &paths);
	vec_each (const char *const *, path, &paths)
		put_file(&rewriting, *path, overlay);
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

/* Every build of a list has one in the other that does the same. 0, or -1. */
static int compare_all(struct plan *plan, const struct project *before,
		       const struct builds *old_builds, const struct project *after,
		       const struct builds *new_builds)
{
	struct arena scratch = { 0 };
	int failed = 0;

	vec_each (const struct build *, old, old_builds) {
		bool is_kept = false;

		vec_each (const struct build *, new, new_builds)
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

int builds_compare(struct plan *plan, const struct project *before, const struct project *after)
{
	if (compare_all(plan, before, &before->builds, after, &after->builds) < 0 ||
	    compare_all(plan, before, &before->covered, after, &after->covered) < 0)
		return -1;
	return 0;
}
