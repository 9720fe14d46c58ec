#include "model/drift.h"

#include <string.h>

#include "base/buf.h"
#include "syntax/dockerfile.h"
#include "syntax/slice.h"

#define MAX_SHOWN 60  /* bytes of a line that are worth showing */
#define SHOWN_LEAD 24 /* of them before what differs, where that is far from the start */

static bool is_same_text(struct text one, struct text other)
{
	return one.length == other.length && memcmp(one.bytes, other.bytes, one.length) == 0;
}

/* FROM without the name it gives: "node AS base" begins the same stage as "node". */
static struct text without_name(const struct instruction *instruction)
{
	struct text text = instruction->arguments;
	size_t length = 0;

	while (length < text.length && !strchr(" \t\v\f\r", text.bytes[length]))
		length++;
	return (struct text){ text.bytes, length };
}

static bool has_flags(const struct instruction *instruction)
{
	return instruction->extras->flags.count > 0;
}

/* The first heredoc with another body; the count where there is none. */
static size_t differing_heredoc(const struct instruction *one, const struct instruction *other)
{
	const struct heredocs *left = &one->extras->heredocs, *right = &other->extras->heredocs;
	size_t at = 0;

	while (at < left->count && at < right->count &&
	       is_same_text(left->items[at].body, right->items[at].body))
		at++;
	return at;
}

static bool has_same_line(const struct instruction *one, const struct instruction *other)
{
	if (!one->keyword || !other->keyword || has_flags(one) || has_flags(other))
		return is_same_text(one->line, other->line);
	if (one->keyword != other->keyword)
		return false;
	if (one->keyword == KEYWORD_FROM)
		return is_same_text(without_name(one), without_name(other));
	return is_same_text(one->arguments, other->arguments);
}

static bool is_same(const struct instruction *one, const struct instruction *other)
{
	return has_same_line(one, other) &&
	       differing_heredoc(one, other) == one->extras->heredocs.count;
}

bool drift_find(struct drift *drift, const struct dockerfile *one, const struct dockerfile *other)
{
	const struct instructions *left = one->syntax ? &one->syntax->instructions : NULL;
	const struct instructions *right = other->syntax ? &other->syntax->instructions : NULL;
	size_t at = 0;

	*drift = (struct drift){ 0 };
	if (!left || !right || one->syntax->error || other->syntax->error)
		return false;
	while (at < left->count && at < right->count &&
	       is_same(&left->items[at], &right->items[at]))
		at++;
	drift->shared = at;
	drift->one = at < left->count ? &left->items[at] : NULL;
	drift->other = at < right->count ? &right->items[at] : NULL;
	return true;
}

/* The line of a file that differs from one of the other. */
struct difference {
	unsigned line;
	struct text text;
};

static struct difference difference_of(const struct instruction *instruction)
{
	return (struct difference){ instruction->start_line, slice_trim(instruction->line) };
}

static size_t common_length(struct text one, struct text other)
{
	size_t at = 0;

	while (at < one.length && at < other.length && one.bytes[at] == other.bytes[at])
		at++;
	return at;
}

/* A line in the body of a heredoc, or the one that ends it. */
static struct difference difference_in(const struct dockerfile *file, const struct heredoc *heredoc,
				       size_t at)
{
	struct difference difference = { 0 };

	difference.line =
		text_line_at(file->text, (size_t)(heredoc->body.bytes - file->text.bytes) + at);
	difference.text = slice_trim(text_line(file->text, difference.line));
	return difference;
}

/* The place in a text, or before it, where a character begins. */
static size_t character_start(struct text text, size_t at)
{
	while (at > 0 && at < text.length && ((unsigned char)text.bytes[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* What stands around a place of a line, each white space as one blank. */
static const char *shown(struct arena *arena, struct text line, size_t at)
{
	size_t start = at + SHOWN_LEAD < MAX_SHOWN ? 0 : character_start(line, at - SHOWN_LEAD);
	size_t end = start + MAX_SHOWN < line.length ? character_start(line, start + MAX_SHOWN)
						     : line.length;
	struct buf part = { 0 };
	const char *copy = NULL;

	if (start > 0)
		buf_add(&part, "...");
	while (start < end) {
		size_t space = slice_space(line.bytes + start, line.length - start);

		if (!space)
			buf_addc(&part, line.bytes[start] ? line.bytes[start] : '?');
		else if (part.length > 0 && part.text[part.length - 1] != ' ')
			buf_addc(&part, ' ');
		start += space ? space : 1;
	}
	if (end < line.length)
		buf_add(&part, "...");
	copy = arena_string(arena, buf_text(&part));
	buf_release(&part);
	return copy;
}

/* "line 7 has 'CMD a' and line 9 there 'CMD b'", with what differs in sight. */
static const char *both_shown(struct arena *arena, struct difference one, struct difference other)
{
	bool fit = one.text.length <= MAX_SHOWN && other.text.length <= MAX_SHOWN;
	size_t at = fit ? 0 : common_length(one.text, other.text);
	const char *left = shown(arena, one.text, at), *right = shown(arena, other.text, at);

	if (strcmp(left, right) == 0)
		return arena_printf(arena, "line %u has other white space than line %u there",
				    one.line, other.line);
	return arena_printf(arena, "line %u has '%s' and line %u there '%s'", one.line, left,
			    other.line, right);
}

static const char *parting(struct arena *arena, const struct drift *drift,
			   const struct dockerfile *one, const struct dockerfile *other)
{
	struct difference left = difference_of(drift->one), right = difference_of(drift->other);
	size_t index = differing_heredoc(drift->one, drift->other), at = 0;

	if (has_same_line(drift->one, drift->other)) {
		const struct heredoc *here = &drift->one->extras->heredocs.items[index];
		const struct heredoc *there = &drift->other->extras->heredocs.items[index];

		at = common_length(here->body, there->body);
		left = difference_in(one, here, at);
		right = difference_in(other, there, at);
	}
	return both_shown(arena, left, right);
}

/* "the first instruction", "the first 3 instructions". */
static const char *first(struct arena *arena, size_t count)
{
	return count == 1 ? "the first instruction"
			  : arena_printf(arena, "the first %zu instructions", count);
}

const char *drift_told(struct arena *arena, const struct dockerfile *one,
		       const struct dockerfile *other)
{
	struct drift drift;

	if (!drift_find(&drift, one, other))
		return "";
	if (!drift.one && !drift.other)
		return "; both hold the same instructions";
	if (!drift.one)
		return arena_printf(arena, "; it only repeats %s of it, so a stage 'base' would do",
				    first(arena, drift.shared));
	if (!drift.other)
		return arena_printf(
			arena, "; it repeats all of it and goes on in line %u with '%s'",
			drift.one->start_line, shown(arena, slice_trim(drift.one->line), 0));
	if (drift.shared == 0)
		return arena_printf(arena, "; they differ from the first instruction on: %s",
				    parting(arena, &drift, one, other));
	return arena_printf(arena, "; %s %s the same, then %s", first(arena, drift.shared),
			    drift.shared == 1 ? "is" : "are", parting(arena, &drift, one, other));
}
