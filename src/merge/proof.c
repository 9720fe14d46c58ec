#include "merge/proof.h"

#include <string.h>

#include "base/limits.h"
#include "model/dockerfile.h"
#include "model/stages.h"
#include "syntax/slice.h"

/* A merged file that was read again. */
struct checking {
	struct plan *plan;
	struct provens *provens;
	struct recipe recipe;
	struct map lines; /* of the merged file */
};

/* That this can happen at all is a fault of ours: it is told as a reason not to merge. */
static void fail_proof(struct checking *checking, const struct input *input, const char *target,
		       const char *why)
{
	struct place place = { .path = input->recipe.file->path };

	plan_refuse(checking->plan, place, "merge it by hand", "%s%s%s would not stay the same: %s",
		    target ? "the stage '" : "its last stage", target ? target : "",
		    target ? "'" : "", why);
}

static const struct recipe_stage *stage_now(const struct checking *checking,
					    const struct part *part)
{
	const struct stage *stage = NULL;

	if (part->name)
		stage = dockerfile_stage(checking->recipe.file, part->name);
	return stage ? &checking->recipe.stages.items[stage->index] : NULL;
}

static void check_target(struct checking *checking, const struct input *input, const char *target)
{
	const struct part *part = input_part(input, target);
	const struct stage *old = dockerfile_stage(input->recipe.file, target);
	const struct recipe_stage *before = &input->recipe.stages.items[old->index];
	const struct recipe_stage *now = stage_now(checking, part);
	const struct stages *stages = &checking->recipe.file->stages;
	bool is_last = now && now->stage == &stages->items[stages->count - 1];

	if (!now)
		fail_proof(checking, input, target, "nothing in the merged file is called so");
	else if (strcmp(now->chain.hex, before->chain.hex) != 0 || now->length != before->length)
		fail_proof(checking, input, target, "its instructions would be others");
	else if (input->is_kept && !target && !is_last)
		fail_proof(checking, input, target, "a build without a target would get another");
	else
		*vec_add(checking->plan->arena, checking->provens) =
			(struct proven){ input->recipe.file->path, target, part->name, is_last,
					 now->length };
}

/* Every name that a target can be, and none. */
static void check_input(struct checking *checking, const struct input *input)
{
	vec_each (const struct recipe_stage *, stage, &input->recipe.stages) {
		const char *name = stage->stage->name;

		if (name && dockerfile_stage(input->recipe.file, name) == stage->stage)
			check_target(checking, input, name);
	}
	check_target(checking, input, NULL);
}

/* Cut the next line off *rest, without white space around it. */
static const char *cut_line(struct arena *arena, struct text *rest)
{
	struct text line = { 0 };

	slice_line(&line, rest);
	return slice_string(arena, slice_trim(line));
}

static void note_lines(struct checking *checking, struct text text)
{
	while (text.length > 0)
		map_put(&checking->lines, checking->plan->arena,
			cut_line(checking->plan->arena, &text), checking);
}

/* No comment is lost. */
static void check_comments(struct checking *checking, const struct input *input)
{
	const struct dockerfile *file = input->recipe.file;
	struct text rest = file->text;

	for (unsigned number = 1; rest.length > 0; number++) {
		const char *line = cut_line(checking->plan->arena, &rest);

		if (*line == '#' && number > file->syntax->directives.last_line &&
		    !map_get(&checking->lines, line))
			plan_refuse(checking->plan,
				    (struct place){ file->path, span_lines(number, number) },
				    "merge it by hand", "this comment would be lost");
	}
}

void prove(struct plan *plan, struct provens *provens, struct dockerfile *merged, struct text text)
{
	struct checking checking = { .plan = plan, .provens = provens };
	const struct dockerfile *kept = plan_kept(plan)->recipe.file;

	*merged = (struct dockerfile){ .path = kept->path, .real_path = kept->real_path };
	if (text.length > MAX_FILE_SIZE)
		merged->opaque =
			arena_printf(plan->arena, "it is larger than %u bytes", MAX_FILE_SIZE);
	else
		dockerfile_read(merged, plan->arena, text);
	if (merged->error || merged->opaque) {
		plan_refuse(plan, (struct place){ kept->path, { 0 } }, "merge it by hand",
			    "the merged file would be refused: %s",
			    merged->error ? merged->error : merged->opaque);
		return;
	}
	recipe_read(&checking.recipe, plan->arena, merged);
	note_lines(&checking, text);
	vec_each (const struct input *, input, &plan->inputs) {
		check_input(&checking, input);
		check_comments(&checking, input);
	}
}
