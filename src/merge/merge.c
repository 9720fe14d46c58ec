#include "merge/merge.h"

#include <string.h>

#include "base/path.h"
#include "merge/files_check.h"
#include "merge/globals.h"
#include "merge/write.h"
#include "model/stages.h"
#include "model/variants.h"
#include "readers/readers.h"
#include "rules/rules.h"

/* All groups of a run. */
struct run {
	struct arena *arena;
	struct overlay *overlay;
	const struct merge_options *options;
	struct mergeds *mergeds;
	struct map tried; /* by the path of the kept file */
};

static int read_project(struct run *run, struct project *project, struct overlay *overlay)
{
	struct snapshot *snapshot = arena_new(run->arena, struct snapshot);

	overlay_snapshot(snapshot, run->arena, overlay);
	*project = (struct project){ .arena = run->arena,
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
	struct input *input = vec_add(run->arena, &plan->inputs);

	input->recipe.file = file;
	input->stage = name_for(run, file->path);
}

/* The next kept file that was not tried yet, with its variants before it. */
static bool next_group(struct run *run, struct plan *plan, const struct project *project)
{
	const struct rule *rule = rules_find("extra-dockerfile");
	struct variants variants = { .arena = run->arena,
				     .project = project,
				     .policy = run->options->policy,
				     .platforms = policy_words(run->options->policy, rule) };
	const struct dockerfile *kept = NULL;

	variants_find(&variants);
	*plan = (struct plan){ .arena = run->arena };
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
		overlay_put(overlay, plan->arena,
			    (struct rewrite){ input->recipe.file->real_path,
					      input->recipe.file->text,
					      input->is_kept ? text : (struct text){ 0 } });
}

/* What becomes of the group, in an overlay of its own. 0, or -1. */
static int try_group(struct run *run, struct plan *plan, struct merged *merged,
		     const struct project *project, struct overlay *overlay)
{
	struct project after;
	struct dockerfile file;
	struct text text = { 0 };

	if (files_check(plan, project, overlay) < 0)
		return -1;
	if (plan->refusals.count > 0)
		return 0;
	vec_each (struct input *, input, &plan->inputs)
		recipe_read(&input->recipe, run->arena, input->recipe.file);
	globals_check(plan);
	reserve_contexts(plan, project);
	plan_make(plan);
	if (plan->refusals.count == 0)
		text = write_merged(plan);
	if (plan->refusals.count == 0)
		prove(plan, &merged->provens, &file, text);
	if (plan->refusals.count > 0)
		return 0;
	put_files(plan, overlay, text);
	builds_rewrite(plan, project, overlay);
	if (plan->refusals.count > 0)
		return 0;
	if (read_project(run, &after, overlay) < 0)
		return -1;
	return builds_compare(plan, project, &after);
}

static void tell(struct merged *merged, const struct plan *plan)
{
	vec_each (const struct input *, input, &plan->inputs)
		if (!input->is_kept)
			*vec_add(plan->arena, &merged->variants) = input->recipe.file->path;
	merged->kept = plan_kept(plan)->recipe.file->path;
	merged->refusals = plan->refusals;
}

/* Who speaks of a file is asked last: another service may have one of the same name. */
static int find_references(struct run *run, const struct project *project)
{
	vec_each (struct merged *, merged, run->mergeds)
		if (merged->refusals.count == 0 &&
		    references_find(&merged->references, project, merged->kept, &merged->variants) <
			    0)
			return -1;
	return 0;
}

int merge(struct mergeds *mergeds, struct arena *arena, struct overlay *overlay,
	  const struct merge_options *options)
{
	struct run run = {
		.arena = arena, .overlay = overlay, .options = options, .mergeds = mergeds
	};
	struct project project;
	struct plan plan;

	while (true) {
		struct merged *merged = NULL;
		struct overlay trial;

		if (read_project(&run, &project, overlay) < 0)
			return -1;
		if (!next_group(&run, &plan, &project))
			return find_references(&run, &project);
		merged = vec_add(arena, mergeds);
		trial = overlay_copy(overlay, arena);
		if (try_group(&run, &plan, merged, &project, &trial) < 0)
			return -1;
		tell(merged, &plan);
		if (plan.refusals.count == 0)
			*overlay = trial;
	}
}
