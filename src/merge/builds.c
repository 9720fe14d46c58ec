#include "merge/builds.h"

#include <string.h>

#include "base/buf.h"
#include "base/path.h"
#include "merge/scalar.h"
#include "merge/untouched.h"

/* The builds of one old file, on their way to the merged one. */
struct rewriting {
	struct plan *plan;
	const struct project *project;
	struct scalars scalars;
	const struct rewriting_mode *mode;
};

const char *build_key(struct arena *arena, const struct build *build)
{
	const char *key = build->subject;

	vec_each (const char *const *, file, &build->files)
		key = arena_printf(arena, "%s\n%s", key, *file);
	return key;
}

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

/* The same; NULL where it is what a build without "dockerfile" takes, and need not be said. */
static const char *dockerfile_now(struct rewriting *rewriting, const struct build *build)
{
	const char *kept = kept_path(rewriting, build);

	return strcmp(kept, "Dockerfile") == 0 && !rewriting->mode->is_explicit ? NULL : kept;
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

/* Which of its files, laid one over the other, says something; -1: one that is reached by extends,
 * or none. */
static int layer(const struct build *build, struct place place)
{
	for (size_t i = 0; place.path && i < build->files.count; i++)
		if (strcmp(build->files.items[i], place.path) == 0)
			return (int)i;
	return -1;
}

/* Does a file laid over another one say which Dockerfile, and not which target? */
static bool is_half(const struct build *build)
{
	return layer(build, build->dockerfile_place) > layer(build, build->target_place);
}

/* Is its target to be changed where it stands? Not where it is wanted elsewhere as it is, or by the
 * file that another one is laid over: then it gets another one beside what says which Dockerfile.
 */
static bool has_target(struct rewriting *rewriting, const struct build *build)
{
	struct place target = build->target_place;

	return target.path && !scalar_is_kept(&rewriting->scalars, target) &&
	       (!is_half(build) || layer(build, target) < 0);
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

/* What names the kept file beside an anchor or over a file that named another one would inherit the
 * target that those get: let it have its own. */
static void rewrite_settled(struct rewriting *rewriting, const struct build *build)
{
	struct arena *arena = rewriting->plan->arena;
	const struct input *input = input_of(rewriting->plan, build);
	const struct part *part = input ? input_part(input, build->target) : NULL;

	if (part && part->name && build->dockerfile_place.path &&
	    map_get(&rewriting->mode->inherits, build_key(arena, build)))
		(void)scalar_add(&rewriting->scalars, build->dockerfile_place, "target",
				 part->name);
}

static void rewrite_build(struct rewriting *rewriting, const struct build *build)
{
	const struct input *input = input_of(rewriting->plan, build);
	const char *target = NULL;

	if (is_settled(rewriting, build)) {
		rewrite_settled(rewriting, build);
		return;
	}
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

void builds_rewrite(struct plan *plan, const struct project *project, struct overlay *overlay,
		    const struct rewriting_mode *mode)
{
	struct rewriting rewriting = { .plan = plan, .project = project, .mode = mode };
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
