#include "syntax/pattern.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "syntax/lexer.h"
#include "syntax/match_template.h"
#include "syntax/slice.h"

/* Negative ones stand for themselves, all others are code points. */
enum {
	ANY_TEXT = -1,
	ANY_ONE = -2
};

struct tokens VEC(int);

static int token_at(size_t *size, struct text text)
{
	unsigned codepoint = 0;

	*size = utf8_decode(&codepoint, text.bytes, text.length);
	/* Ill-formed bytes are told apart, so that each matches itself alone. */
	if (codepoint == 0xFFFD && *size < 3)
		return 0x200000 + (unsigned char)text.bytes[0];
	return (int)codepoint;
}

static void text_tokens(struct tokens *tokens, struct arena *arena, struct text text)
{
	for (size_t at = 0, size = 0; at < text.length; at += size)
		*vec_add(arena, tokens) = token_at(&size, slice_from(text, at));
}

static bool takes_escape(int character)
{
	return character == '*' || character == '?' || character == '\\';
}

/* The characters of a pattern from the last to the first, each behind what escapes it: so a
 * backslash that was the last, and escaped nothing, escapes what stood before it (BuildKit
 * shell/lex.go reversePattern). */
static struct tokens reversed_pattern(struct arena *arena, const struct tokens *characters)
{
	size_t count = characters->count;
	struct tokens out = { .items = arena_alloc(arena, (count + 1) * sizeof(*out.items)),
			      .count = (unsigned)count };

	for (size_t i = 0; i < count; i++) {
		int character = characters->items[i];

		if (character == '\\' && i + 1 < count) {
			out.items[count - 1 - i] = characters->items[i + 1];
			i++;
		}
		out.items[count - 1 - i] = character;
	}
	return out;
}

static bool pattern_tokens(struct words *words, struct tokens *tokens, struct text text,
			   bool from_end)
{
	struct tokens characters = { 0 };

	text_tokens(&characters, words->arena, text);
	if (from_end)
		characters = reversed_pattern(words->arena, &characters);
	for (size_t i = 0; i < characters.count; i++) {
		int token = characters.items[i];
		int next = i + 1 < characters.count ? characters.items[i + 1] : '\0';

		if (token == '\\' && (next == '}' || next == '/'))
			continue;
		if (token == '\\' && !takes_escape(next)) {
			words->error = "a pattern escapes what needs no escape";
			return false;
		}
		if (token == '\\')
			i++;
		*vec_add(words->arena, tokens) = token == '\\'  ? next
						 : token == '*' ? ANY_TEXT
						 : token == '?' ? ANY_ONE
								: token;
	}
	return true;
}

static void reverse(struct tokens *tokens)
{
	for (size_t i = 0; i < tokens->count / 2; i++) {
		int other = tokens->items[i];

		tokens->items[i] = tokens->items[tokens->count - 1 - i];
		tokens->items[tokens->count - 1 - i] = other;
	}
}

/* Places of the pattern that can be reached go on over one token of the value; '*' costs none. */
static bool advance(bool *reached, const struct tokens *pattern, int token)
{
	bool any = false;

	for (size_t i = pattern->count + 1; i-- > 0;) {
		bool here = i < pattern->count && reached[i] && pattern->items[i] == ANY_TEXT;
		bool before = i > 0 && reached[i - 1] &&
			      (pattern->items[i - 1] == ANY_ONE || pattern->items[i - 1] == token);

		reached[i] = here || before;
		any = any || reached[i];
	}
	return any;
}

static void skip_stars(bool *reached, const struct tokens *pattern)
{
	for (size_t i = 0; i < pattern->count; i++)
		if (reached[i] && pattern->items[i] == ANY_TEXT)
			reached[i + 1] = true;
}

/*
 * Where a match that begins at start ends; -1: nowhere; -2: over the limit. Walks all ways through
 * the pattern at once, so no pattern is worse than its length times the value's.
 */
static long match(struct words *words, bool *reached, const struct tokens *pattern,
		  const struct tokens *value, size_t start)
{
	bool longest = reached[0];
	long end = -1;

	memset(reached, 0, pattern->count + 1);
	reached[0] = true;
	for (size_t at = start;; at++) {
		skip_stars(reached, pattern);
		if (reached[pattern->count])
			end = (long)at;
		if (at == value->count || (end >= 0 && !longest))
			return end;
		if (!words_take_steps(words, pattern->count + 1))
			return -2;
		if (!advance(reached, pattern, value->items[at]))
			return end;
	}
}

/* The bytes that the first `count` code points take. */
static size_t bytes_of(struct text value, size_t count)
{
	unsigned codepoint = 0;
	size_t at = 0;

	for (; count > 0; count--)
		at += utf8_decode(&codepoint, value.bytes + at, value.length - at);
	return at;
}

bool pattern_trim(struct words *words, struct text *result, const struct pattern *pattern,
		  struct text value)
{
	struct tokens tokens = { 0 }, text = { 0 };
	bool *reached = NULL;
	long end = 0;

	if (!words_take_steps(words, value.length + pattern->text.length) ||
	    !pattern_tokens(words, &tokens, pattern->text, pattern->from_end))
		return false;
	text_tokens(&text, words->arena, value);
	if (pattern->from_end)
		reverse(&text);
	reached = arena_alloc(words->arena, tokens.count + 1);
	reached[0] = pattern->longest;
	end = match(words, reached, &tokens, &text, 0);
	if (end == -2)
		return false;
	if (end < 0)
		end = 0;
	*result = pattern->from_end ? slice_upto(value, bytes_of(value, text.count - (size_t)end))
				    : slice_from(value, bytes_of(value, (size_t)end));
	return true;
}

/* Everything of the value, matches replaced; an empty match right behind another one is none. */
static bool replace(struct words *words, struct buf *out, const struct tokens *pattern,
		    const struct replacement *replacement, struct text value)
{
	struct tokens text = { 0 };
	bool *reached = arena_alloc(words->arena, pattern->count + 1);
	bool looking = true;
	long last = -1;

	text_tokens(&text, words->arena, value);
	for (size_t at = 0; at <= text.count;) {
		long end = -1;
		size_t size = 0;

		reached[0] = true;
		end = looking ? match(words, reached, pattern, &text, at) : -1;
		if (end == -2 || !words_take_steps(words, replacement->text.length + 1))
			return false;
		if (end >= 0 && !(end == (long)at && end == last)) {
			struct text found = slice_upto(value, bytes_of(value, (size_t)end - at));

			if (!replacement->all)
				buf_addn(out, replacement->text.bytes, replacement->text.length);
			else if (!match_template_expand(words, out, replacement->text, found))
				return false;
			last = end;
			looking = replacement->all;
		}
		if (end > (long)at) {
			size = bytes_of(value, (size_t)end - at);
			at = (size_t)end;
		} else {
			size = bytes_of(value, at < text.count);
			buf_addn(out, value.bytes, size);
			at++;
		}
		value = slice_from(value, size);
	}
	return true;
}

bool pattern_replace(struct words *words, struct text *result,
		     const struct replacement *replacement, struct text value)
{
	struct tokens tokens = { 0 };
	struct buf out = { 0 };
	bool done = false;

	if (!words_take_steps(words, value.length + replacement->pattern.length) ||
	    !pattern_tokens(words, &tokens, replacement->pattern, false))
		return false;
	done = replace(words, &out, &tokens, replacement, value);
	*result = (struct text){ arena_copy(words->arena, buf_text(&out), out.length), out.length };
	buf_release(&out);
	return done;
}
