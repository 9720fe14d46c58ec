#include "merge/write.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "merge/globals.h"
#include "merge/notes.h"
#include "syntax/from.h"
#include "syntax/slice.h"

/* A merged file being written. */
struct writing {
	struct plan *plan;
	struct notes notes;
	struct buf out;
	const char *line_end;
};

/* Bytes of an instruction that say something else in the merged file. */
struct edit {
	size_t start, end; /* offsets in the old file */
	const char *text;
};

struct edits VEC(struct edit);

static void add(struct writing *writing, struct text text)
{
	buf_addn(&writing->out, text.bytes, text.length);
}

/* Is nothing written but a byte order mark? */
static bool is_empty(const struct writing *writing)
{
	struct text text = { buf_text(&writing->out), writing->out.length };

	return slice_skip_mark(text).length == 0;
}

static void end_line(struct writing *writing)
{
	if (!is_empty(writing) && writing->out.text[writing->out.length - 1] != '\n')
		buf_add(&writing->out, writing->line_end);
}

static bool ends_in(const struct buf *out, const char *end)
{
	size_t length = strlen(end);

	return out->length >= length && strcmp(out->text + out->length - length, end) == 0;
}

/* A blank line, unless there is one. */
static void part_stages(struct writing *writing)
{
	end_line(writing);
	if (!is_empty(writing) && !ends_in(&writing->out, "\n\n") &&
	    !ends_in(&writing->out, "\n\r\n"))
		buf_add(&writing->out, writing->line_end);
}

static bool has_line(struct text text, struct text line)
{
	struct text one = { 0 };

	while (slice_line(&one, &text))
		if (slice_equals(slice_trim(one), slice_trim(line)))
			return true;
	return false;
}

/* What other files say of the same instruction, unless this one says it, too. */
static void add_notes(struct writing *writing, const struct recipe *recipe, size_t index)
{
	const struct instruction *instruction = &recipe->instructions[index];
	struct text own = { recipe->file->text.bytes + instruction->start,
			    instruction->end - instruction->start };
	size_t start = writing->out.length;

	vec_each (const struct note *, note, &writing->notes.lines) {
		struct text written = { writing->out.text + start, writing->out.length - start };

		if (note->at != instruction || has_line(lead_of(recipe, index), note->line) ||
		    has_line(own, note->line) || (written.length && has_line(written, note->line)))
			continue;
		end_line(writing);
		add(writing, note->line);
		buf_add(&writing->out, writing->line_end);
	}
}

/* Blank lines at the start are put between stages by part_stages(). */
static struct text without_blank_lines(struct text lead)
{
	struct text rest = lead, line = { 0 };

	while (slice_line(&line, &rest) && slice_trim(line).length == 0)
		lead = rest;
	return lead;
}

static struct text cut_word(struct text *rest)
{
	struct text word = { 0 };

	slice_word(&word, rest);
	return word;
}

/* "as" as the file writes it, or as it writes FROM. */
static struct text as_word(struct text behind_base, struct text keyword)
{
	struct text as = cut_word(&behind_base);

	if (as.length == 2)
		return as;
	return (struct text){ islower((unsigned char)*keyword.bytes) ? "as" : "AS", 2 };
}

/* The FROM of a part: as it was, or with what it is built on and called now. */
static void add_from(struct writing *writing, const struct part *part)
{
	const struct recipe *recipe = &part->input->recipe;
	const struct instruction *instruction = &recipe->instructions[part->stage->from];
	const struct stage *stage = part->stage->stage;
	const char *base = part->base ? part->base->name : stage->base_text;
	bool is_new_base = part->is_lifted || strcmp(base, stage->base_text) != 0;
	bool is_new_name = part->name && (!stage->name || strcmp(part->name, stage->name) != 0);
	struct text rest = instruction->line, keyword = cut_word(&rest), as = { 0 };
	struct from from = { 0 };

	from_read(&from, writing->plan->arena, instruction);
	if (!is_new_base && !is_new_name) {
		add(writing, (struct text){ recipe->file->text.bytes + instruction->start,
					    instruction->end - instruction->start });
		end_line(writing);
		return;
	}
	rest = instruction->arguments;
	cut_word(&rest);
	as = as_word(rest, keyword);
	add(writing, keyword);
	vec_each (const struct flag *, flag, &instruction->extras->flags)
		if (!part->is_lifted)
			buf_addf(&writing->out, " --%.*s=%.*s", (int)flag->name.length,
				 flag->name.bytes, (int)flag->value.length, flag->value.bytes);
	buf_addf(&writing->out, " %s", base);
	if (part->name && !is_new_name)
		buf_addf(&writing->out, " %.*s %.*s", (int)as.length, as.bytes,
			 (int)from.name.length, from.name.bytes);
	else if (part->name)
		buf_addf(&writing->out, " %.*s %s", (int)as.length, as.bytes, part->name);
	buf_add(&writing->out, writing->line_end);
}

/* The part that a source means, where it has to say so in other words: NULL: it has not. */
static const struct part *renamed(const struct part *part, const struct stage_source *source)
{
	const struct part *meant = source->stage >= 0 ? part->input->parts[source->stage] : NULL;

	if (!meant || !part_holds(part, source->line) ||
	    (source->number < 0 && strcasecmp(source->from, meant->name) == 0))
		return NULL;
	return meant;
}

/* ONBUILD is stored in the image as it is written, so that another word would be another image. */
static void check_trigger(struct writing *writing, const struct part *part,
			  const struct stage_source *source)
{
	struct place place = { part->input->recipe.file->path, source->span };
	const struct part *meant = renamed(part, source);

	if (meant)
		plan_refuse(
			writing->plan, place,
			source->number < 0 ? "give that stage another name in both files"
					   : "name the stage",
			"ONBUILD stores the word '%s' in the image, and the stage that it means "
			"would be called '%s'",
			source->from, meant->name);
}

/* What a source says in the merged file, where that is something else. */
static void edit_source(struct writing *writing, struct edits *edits, const struct part *part,
			const struct stage_source *source)
{
	struct text text = part->input->recipe.file->text;
	const struct part *meant = renamed(part, source);
	struct place place = { part->input->recipe.file->path, source->span };
	struct edit edit = { 0 };

	if (!meant)
		return;
	edit.start = text_offset(text, source->span.line, source->span.column);
	edit.end = edit.start + strlen(source->from);
	edit.text = meant->name;
	if (!source->span.column || edit.end > text.length ||
	    memcmp(text.bytes + edit.start, source->from, edit.end - edit.start) != 0) {
		plan_refuse(writing->plan, place, "write it on one line, without quotes",
			    "the stage '%s' is named in a way that cannot be rewritten",
			    source->from);
		return;
	}
	*vec_add(writing->plan->arena, edits) = edit;
}

/* In the order of the file, as its sources are. */
static struct edits edits_of(struct writing *writing, const struct part *part)
{
	const struct stage *stage = part->stage->stage;
	struct edits edits = { 0 };

	vec_each (const struct stage_source *, source, &stage->sources)
		edit_source(writing, &edits, part, source);
	vec_each (const struct stage_source *, source, &stage->triggers)
		check_trigger(writing, part, source);
	return edits;
}

static void add_instruction(struct writing *writing, const struct recipe *recipe, size_t index,
			    const struct edits *edits)
{
	const struct instruction *instruction = &recipe->instructions[index];
	const char *bytes = recipe->file->text.bytes;
	size_t at = instruction->start;

	add(writing, lead_of(recipe, index));
	add_notes(writing, recipe, index);
	vec_each (const struct edit *, edit, edits) {
		if (edit->start < at || edit->end > instruction->end)
			continue;
		add(writing, (struct text){ bytes + at, edit->start - at });
		buf_add(&writing->out, edit->text);
		at = edit->end;
	}
	add(writing, (struct text){ bytes + at, instruction->end - at });
	end_line(writing);
}

static void add_part(struct writing *writing, const struct part *part)
{
	const struct recipe *recipe = &part->input->recipe;
	struct edits edits = edits_of(writing, part);
	bool has_lead = !part->is_lifted || !part->input->is_kept;

	part_stages(writing);
	if (has_lead) {
		add(writing, without_blank_lines(lead_of(recipe, part->stage->from)));
		add_notes(writing, recipe, part->stage->from);
	}
	add_from(writing, part);
	for (size_t i = part->from; i < part->end; i++)
		add_instruction(writing, recipe, i, &edits);
	if (part->end == recipe->count)
		add(writing, tail_of(recipe));
}

/* The head of the kept file with its directives, and a syntax that only another one has. */
static void add_head(struct writing *writing)
{
	const struct recipe *kept = &plan_kept(writing->plan)->recipe;
	struct text head = { kept->file->text.bytes, 0 };

	head.length = (size_t)(lead_of(kept, 0).bytes - head.bytes);
	add(writing, head);
	end_line(writing);
	if (kept->file->syntax->directives.syntax.line)
		return;
	vec_each (const struct input *, input, &writing->plan->inputs) {
		const struct directive *syntax = &input->recipe.file->syntax->directives.syntax;

		if (!syntax->line)
			continue;
		add(writing, slice_skip_mark(text_line(input->recipe.file->text, syntax->line)));
		buf_add(&writing->out, writing->line_end);
		return;
	}
}

/* Those of the kept file first. */
static void add_globals(struct writing *writing)
{
	static const struct edits none;
	const struct plan *plan = writing->plan;

	for (size_t n = plan->inputs.count; n-- > 0;) {
		const struct input *input = &plan->inputs.items[n];

		for (size_t i = 0; i < input->recipe.globals; i++)
			if (!globals_same(plan, input, i))
				add_instruction(writing, &input->recipe, i, &none);
	}
}

static const char *line_end_of(struct text text)
{
	size_t at = slice_find(text, '\n');

	return at > 0 && at < text.length && text.bytes[at - 1] == '\r' ? "\r\n" : "\n";
}

static unsigned count_lines(struct text text)
{
	unsigned lines = 0;

	for (size_t at = 0; at < text.length; at++)
		lines += text.bytes[at] == '\n';
	return lines;
}

/* A comment that has come to the top must not be taken for a directive: a blank line ends those. */
static void end_head(struct writing *writing, size_t length)
{
	struct text text = { buf_text(&writing->out), writing->out.length };
	struct directives directives;

	directives_read(&directives, writing->plan->arena, text);
	if (!directives.error && directives.last_line <= count_lines(slice_upto(text, length)))
		return;
	text.bytes = arena_copy(writing->plan->arena, text.bytes, text.length);
	buf_cut(&writing->out, length);
	buf_add(&writing->out, writing->line_end);
	add(writing, slice_from(text, length));
}

struct text write_merged(struct plan *plan)
{
	struct writing writing = { .plan = plan, .notes = { .arena = plan->arena } };
	struct text merged = { 0 };
	size_t head = 0;

	writing.line_end = line_end_of(plan_kept(plan)->recipe.file->text);
	notes_find(&writing.notes, plan);
	add_head(&writing);
	head = writing.out.length;
	add_globals(&writing);
	vec_each (struct part *const *, part, &plan->parts)
		add_part(&writing, *part);
	end_line(&writing);
	end_head(&writing, head);
	merged.length = writing.out.length;
	merged.bytes = arena_copy(plan->arena, buf_text(&writing.out), merged.length);
	buf_release(&writing.out);
	return merged;
}
