#include "merge/merge.h"

#include <string.h>

#include "base/path.h"
#include "merge/arrange.h"
#include "merge/builds_compare.h"
#include "merge/files_check.h"
#include "merge/globals.h"
#include "merge/write.h"
#include "model/variants.h"
#include "readers/readers.h"
#include "rules/rules.h"

#define MAX_TRIES 3 /* to rewrite who builds some files */

/* All groups of a run. */
struct run {
	struct arena *arena;
	struct arena *group; /* for what is given back after each group */
	struct overlay *overlay;
	const struct merge_options *options;
	struct mergeds *mergeds;
	struct map tried; /* by the path of the kept file */
};

static int read_project(struct run *run, struct project *project, struct overlay *overlay)
{
	struct snapshot *snapshot = arena_new(run->group, struct snapshot);

	overlay_snapshot(snapshot, run->group, overlay);
	*project = (struct project){ .arena = run->group,
				     .snapshot = snapshot,
				     .policy = run->options->policy };
	return readers_read(project);
}

static bool is_wanted(const struct run *run, const char *path)
{
	const struct strings *only = &run->options->only;

	if (!path_is_within(path, run->options->directory) ||
	    policy_ignores(run->options->policy, path))
		return false;
	vec_each (const char *const *, one, only)
		if (strcmp(*one, path) == 0)
			return true;
	return only->count == 0;
}

static const char *name_for(const struct run *run, const char *path)
{
	vec_each (const struct stage_name *, name, &run->options->names)
		if (strcmp(name->path, path) == 0)
			return name->name;
	return NULL;
}

static void add_input(struct run *run, struct plan *plan, const struct dockerfile *file)
{
	struct input *input = vec_add(run->group, &plan->inputs);

	input->recipe.file = file;
	input->stage = name_for(run, file->path);
}

/* The next kept file that was not tried yet, with its variants before it. */
static bool next_group(struct run *run, struct plan *plan, const struct project *project)
{
	const struct rule *rule = rules_find("extra-dockerfile");
	struct variants variants = { .arena = run->group,
				     .project = project,
				     .policy = run->options->policy,
				     .platforms = policy_words(run->options->policy, rule) };
	const struct dockerfile *kept = NULL;

	variants_find(&variants);
	*plan = (struct plan){ .arena = run->group };
	vec_each (struct dockerfile *const *, file, &project->dockerfiles) {
		const struct dockerfile *other = variants_kept(&variants, (*file)->path);

		if (!other || (kept && other != kept) || !is_wanted(run, (*file)->path) ||
		    map_get(&run->tried, other->path))
			continue;
		kept = other;
		add_input(run, plan, *file);
	}
	if (!kept)
		return false;
	map_put(&run->tried, run->arena, kept->path, run);
	add_input(run, plan, kept);
	plan->inputs.items[plan->inputs.count - 1].is_kept = true;
	return true;
}

/* Names that a build gives a context stand for no stage. */
static void reserve_contexts(struct plan *plan, const struct project *project)
{
	vec_each (const struct build *, build, &project->builds)
		vec_each (const char *const *, name, &build->contexts)
			map_put(&plan->reserved, plan->arena, *name, plan);
}

static void put_files(struct plan *plan, struct overlay *overlay, struct text text)
{
	vec_each (const struct input *, input, &plan->inputs)
		overlay_put(overlay,
			    (struct rewrite){ input->recipe.file->real_path,
					      input->recipe.file->text,
					      input->is_kept ? text : (struct text){ 0 } });
}

/* Rewrite who builds the files, on top of an overlay, and compare. 0, or -1. */
static int try_builds(struct run *run, struct plan *plan, const struct project *project,
		      struct overlay *overlay, struct rewriting_mode *mode)
{
	struct project after;

	builds_rewrite(plan, project, overlay, mode);
	if (plan->refusals.count > 0)
		return 0;
	if (read_project(run, &after, overlay) < 0)
		return -1;
	return builds_compare(plan, project, &after, mode);
}

/* By the smallest edits, else by those that leave nothing to be inherited. Why the first would not
 * do is what is told. 0, or -1. */
static int rewrite_builds(struct run *run, struct plan *plan, const struct project *project,
			  struct overlay *overlay)
{
	struct rewriting_mode mode = { 0 };
	struct refusals first = { 0 };

	for (unsigned tries = 0; tries < MAX_TRIES; tries++) {
		struct overlay trial = overlay_copy(overlay);

		plan->refusals = (struct refusals){ 0 };
		mode.is_explicit = tries > 0;
		if (try_builds(run, plan, project, &trial, &mode) < 0)
			return -1;
		if (plan->refusals.count == 0) {
			*overlay = trial;
			return 0;
		}
		if (tries == 0)
			first = plan->refusals;
	}
	plan->refusals = first;
	return 0;
}

/* What becomes of the group, in an overlay of its own. 0, or -1. */
static int try_group(struct run *run, struct plan *plan, struct provens *provens,
		     const struct project *project, struct overlay *overlay)
{
	struct dockerfile file;
	struct text text = { 0 };

	if (files_check(plan, project, overlay) < 0)
		return -1;
	if (plan->refusals.count > 0)
		return 0;
	vec_each (struct input *, input, &plan->inputs)
		recipe_read(&input->recipe, run->group, input->recipe.file);
	globals_check(plan);
	reserve_contexts(plan, project);
	arrange(plan);
	if (plan->refusals.count == 0)
		text = write_merged(plan);
	if (plan->refusals.count == 0)
		prove(plan, provens, &file, text);
	if (plan->refusals.count > 0)
		return 0;
	put_files(plan, overlay, text);
	return rewrite_builds(run, plan, project, overlay);
}

/* What is told of a group, in memory that lasts. */
static void tell(struct merged *merged, struct arena *arena, const struct plan *plan)
{
	vec_each (const struct input *, input, &plan->inputs)
		if (!input->is_kept)
			*vec_add(arena, &merged->variants) =
				arena_string(arena, input->recipe.file->path);
	merged->kept = arena_string(arena, plan_kept(plan)->recipe.file->path);
	vec_each (const struct refusal *, refusal, &plan->refusals) {
		struct refusal *copy = vec_add(arena, &merged->refusals);

		*copy = *refusal;
		copy->place.path = arena_string(arena, refusal->place.path);
		copy->message = arena_string(arena, refusal->message);
		copy->help = arena_string(arena, refusal->help);
	}
}

static void tell_proof(struct merged *merged, struct arena *arena, const struct provens *provens)
{
	vec_each (const struct proven *, proven, provens) {
		struct proven *copy = vec_add(arena, &merged->provens);

		*copy = *proven;
		copy->path = arena_string(arena, proven->path);
		copy->target = arena_string(arena, proven->target);
		copy->now = arena_string(arena, proven->now);
	}
}

/* Who speaks of a file is asked last: another service may have one of the same name. */
static int find_references(struct run *run, const struct project *project)
{
	vec_each (struct merged *, merged, run->mergeds)
		if (merged->refusals.count == 0 &&
		    references_find(&merged->references, run->arena, project, merged->kept,
				    &merged->variants) < 0)
			return -1;
	return 0;
}

/* The next group. 1; 0 where there is none; or -1. */
static int merge_next(struct run *run)
{
	struct project project;
	struct plan plan;
	struct provens provens = { 0 };
	struct overlay trial;
	struct merged *merged = NULL;

	if (read_project(run, &project, run->overlay) < 0)
		return -1;
	if (!next_group(run, &plan, &project))
		return find_references(run, &project);
	trial = overlay_copy(run->overlay);
	if (try_group(run, &plan, &provens, &project, &trial) < 0)
		return -1;
	merged = vec_add(run->arena, run->mergeds);
	tell(merged, run->arena, &plan);
	if (plan.refusals.count > 0)
		return 1;
	tell_proof(merged, run->arena, &provens);
	*run->overlay = trial;
	return 1;
}

int merge(struct mergeds *mergeds, struct arena *arena, struct overlay *overlay,
	  const struct merge_options *options)
{
	struct arena group = { 0 };
	struct run run = { .arena = arena,
			   .group = &group,
			   .overlay = overlay,
			   .options = options,
			   .mergeds = mergeds };
	int more = 0;

	do {
		more = merge_next(&run);
		arena_release(&group);
	} while (more > 0);
	return more;
}
