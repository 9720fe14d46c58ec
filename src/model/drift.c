#include "model/drift.h"

#include <string.h>

#include "base/utf8.h"
#include "syntax/dockerfile.h"

#define MAX_SHOWN 40 /* code points of an instruction that are worth showing */

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
	return instruction->extras && instruction->extras->flags.count > 0;
}

static bool has_heredocs(const struct instruction *instruction)
{
	return instruction->extras && instruction->extras->heredocs.count > 0;
}

static bool is_same_file_text(const struct instruction *one, const struct dockerfile *file,
			      const struct instruction *other, const struct dockerfile *other_file)
{
	struct text left = { file->text.bytes + one->start, one->end - one->start };
	struct text right = { other_file->text.bytes + other->start, other->end - other->start };

	return is_same_text(left, right);
}

static bool is_same(const struct instruction *one, const struct dockerfile *file,
		    const struct instruction *other, const struct dockerfile *other_file)
{
	if (!one->keyword || !other->keyword || strcmp(one->keyword, other->keyword) != 0)
		return false;
	if (has_heredocs(one) || has_heredocs(other))
		return is_same_file_text(one, file, other, other_file);
	if (has_flags(one) || has_flags(other))
		return is_same_text(one->line, other->line);
	if (strcmp(one->keyword, "FROM") == 0)
		return is_same_text(without_name(one), without_name(other));
	return is_same_text(one->arguments, other->arguments);
}

bool drift_find(struct drift *drift, const struct dockerfile *one, const struct dockerfile *other)
{
	const struct instructions *left = one->syntax ? &one->syntax->instructions : NULL;
	const struct instructions *right = other->syntax ? &other->syntax->instructions : NULL;
	size_t at = 0;

	*drift = (struct drift){ 0 };
	if (!left || !right)
		return false;
	while (at < left->count && at < right->count &&
	       is_same(&left->items[at], one, &right->items[at], other))
		at++;
	drift->shared = at;
	drift->one = at < left->count ? &left->items[at] : NULL;
	drift->other = at < right->count ? &right->items[at] : NULL;
	return true;
}

/* The beginning of an instruction in one line. */
static const char *shown(struct arena *arena, const struct instruction *instruction)
{
	struct text line = instruction->line;
	const char *end = memchr(line.bytes, '\0', line.length);
	unsigned codepoint = 0;
	size_t at = 0;

	if (end)
		line.length = (size_t)(end - line.bytes);
	for (size_t i = 0; i < MAX_SHOWN && at < line.length; i++)
		at += utf8_decode(&codepoint, line.bytes + at, line.length - at);
	return arena_printf(arena, "%.*s%s", (int)at, line.bytes, at < line.length ? "..." : "");
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
	if (drift.shared == 0)
		return "; they differ from the first instruction on";
	if (!drift.one)
		return arena_printf(arena, "; it only repeats %s of it",
				    first(arena, drift.shared));
	if (!drift.other)
		return arena_printf(arena,
				    "; it repeats all of it and goes on in line %u with '%s'",
				    drift.one->start_line, shown(arena, drift.one));
	return arena_printf(arena, "; %s %s the same, then line %u has '%s' and line %u there '%s'",
			    first(arena, drift.shared), drift.shared == 1 ? "is" : "are",
			    drift.one->start_line, shown(arena, drift.one), drift.other->start_line,
			    shown(arena, drift.other));
}
