#include "merge/notes.h"

#include <string.h>

#include "merge/globals.h"
#include "syntax/slice.h"

/* Where the directives end, and a byte order mark. */
static size_t head_of(const struct recipe *recipe)
{
	const struct dockerfile_syntax *syntax = recipe->file->syntax;
	struct text rest = slice_skip_mark(syntax->text), line = { 0 };

	for (unsigned number = 0; number < syntax->directives.last_line; number++)
		slice_line(&line, &rest);
	return (size_t)(rest.bytes - syntax->text.bytes);
}

static struct text bytes_of(const struct recipe *recipe, size_t start, size_t end)
{
	const char *bytes = recipe->file->syntax->text.bytes;

	return (struct text){ bytes + start, end > start ? end - start : 0 };
}

struct text lead_of(const struct recipe *recipe, size_t index)
{
	size_t start = index ? recipe->instructions[index - 1].end : head_of(recipe);

	return bytes_of(recipe, start, recipe->instructions[index].start);
}

struct text tail_of(const struct recipe *recipe)
{
	return bytes_of(recipe, recipe->instructions[recipe->count - 1].end,
			recipe->file->syntax->text.length);
}

static bool is_comment(struct text line)
{
	return slice_starts(slice_trim_start(line), "#");
}

/* Cut the next line off *rest, without its line end. False where nothing is left. */
static bool cut_line(struct text *line, struct text *rest)
{
	bool is_left = slice_line(line, rest);

	if (line->length > 0 && line->bytes[line->length - 1] == '\r')
		line->length--;
	return is_left;
}

static void note_all(struct notes *notes, const struct instruction *at, struct text rest)
{
	struct text line = { 0 };

	while (cut_line(&line, &rest))
		if (is_comment(line))
			*vec_add(notes->arena, &notes->lines) = (struct note){ at, line };
}

/* Does a line of the file belong to the joined line of the instruction? */
static bool is_joined(const struct instruction *instruction, unsigned line)
{
	if (line == instruction->start_line)
		return true;
	vec_each (const struct piece *, piece, &instruction->extras->more)
		if (piece->line == line)
			return true;
	return false;
}

/* The last line that is joined: behind it are the bodies of heredocs. */
static unsigned last_joined(const struct instruction *instruction)
{
	const struct pieces *more = &instruction->extras->more;

	return more->count ? more->items[more->count - 1].line : instruction->start_line;
}

/* Comments between the lines of an instruction. */
static void note_inner(struct notes *notes, const struct instruction *at,
		       const struct recipe *recipe, size_t index)
{
	const struct instruction *instruction = &recipe->instructions[index];
	struct text rest = bytes_of(recipe, instruction->start, instruction->end);
	struct text line = { 0 };

	for (unsigned number = instruction->start_line; cut_line(&line, &rest); number++)
		if (number < last_joined(instruction) && !is_joined(instruction, number) &&
		    is_comment(line))
			*vec_add(notes->arena, &notes->lines) =
				(struct note){ at, slice_trim_start(line) };
}

static void note(struct notes *notes, const struct instruction *at, const struct recipe *recipe,
		 size_t index)
{
	note_all(notes, at, lead_of(recipe, index));
	note_inner(notes, at, recipe, index);
}

/* How many instructions a stage is built on, FROMs left out. */
static size_t length_below(const struct recipe_stage *stage)
{
	return stage->length - stage->keys.count;
}

/* The instruction of that number of all that a stage is made of, in it or in one below. */
static const struct instruction *numbered(const struct recipe *recipe,
					  const struct recipe_stage *stage, size_t number)
{
	while (number <= length_below(stage) && stage->stage->parent >= 0)
		stage = &recipe->stages.items[stage->stage->parent];
	return &recipe->instructions[stage->from + number - length_below(stage)];
}

/* The beginning of a variant's last stage that the shared one has: its FROM only where nothing of
 * it is left to be written. */
static void note_lifted(struct notes *notes, const struct input *input, const struct part *shared,
			bool is_all)
{
	const struct recipe *to = &shared->input->recipe;
	const struct recipe_stage *stage =
		&input->recipe.stages.items[input->recipe.stages.count - 1];
	size_t below = length_below(stage);
	size_t end = length_below(shared->stage) + shared->end - shared->stage->from;

	if (is_all)
		note(notes, &to->instructions[shared->stage->from], &input->recipe, stage->from);
	for (size_t i = 1; below + i < end && stage->from + i < stage->end; i++)
		note(notes, numbered(to, shared->stage, below + i), &input->recipe,
		     stage->from + i);
}

/* A stage for which another file's stands, all of it. */
static void note_stage(struct notes *notes, const struct input *input, size_t index,
		       const struct part *part)
{
	const struct recipe_stage *stage = &input->recipe.stages.items[index];
	const struct instruction *at = &part->input->recipe.instructions[part->stage->from];

	for (size_t i = stage->from; i < stage->end; i++)
		note(notes, at, &input->recipe, i);
}

static void note_globals(struct notes *notes, const struct plan *plan, const struct input *input)
{
	for (size_t i = 0; i < input->recipe.globals; i++) {
		const struct instruction *same = globals_same(plan, input, i);

		if (same)
			note(notes, same, &input->recipe, i);
	}
}

static void note_input(struct notes *notes, const struct input *input)
{
	size_t last = input->recipe.stages.count - 1;
	const struct part *part = input->parts[last];

	for (size_t i = 0; i < last; i++)
		if (input->parts[i]->input != input)
			note_stage(notes, input, i, input->parts[i]);
	if (part->input == input && part->is_lifted)
		note_lifted(notes, input, part->base, false);
	else if (part->is_shared)
		note_lifted(notes, input, part, true);
	else if (part->input != input)
		note_stage(notes, input, last, part);
	if (part->input != input)
		note_all(notes, &part->input->recipe.instructions[part->stage->from],
			 tail_of(&input->recipe));
}

void notes_find(struct notes *notes, const struct plan *plan)
{
	vec_each (const struct input *, input, &plan->inputs) {
		if (input->is_kept)
			continue;
		note_globals(notes, plan, input);
		note_input(notes, input);
	}
}
