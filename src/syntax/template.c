#include "syntax/template.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"

#define INVALID "invalid interpolation format"
#define TOO_LONG "with its variables it is longer than 1 MiB"

const char template_unknown[] = "";

struct expansion {
	struct arena *arena;
	template_lookup *lookup;
	void *variables;
	unsigned depth;
};

/* What stands between the braces of ${name OPERATOR rest}. */
struct braced {
	const char *name;
	bool colon;    /* empty counts as unset */
	char operator; /* '-', '+' or '?'; NUL: none */
	const char *rest;
	size_t rest_length;
	const char *end; /* behind the closing brace */
};

/* The text at hand: where its line ends and the last brace of that line, once they were asked. */
struct line {
	const char *stop, *end, *brace;
};

/* The letters that are an s and a k to a pattern of Go's that takes either case. */
static const char *const signs[] = { "\xC5\xBF", "\xE2\x84\xAA" };

/* How many bytes of a name the character there takes; 0: it can be none of it. */
static size_t size_in_name(const char *at, const char *stop, bool is_first)
{
	if (*at == '_' || ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z') ||
	    (!is_first && *at >= '0' && *at <= '9'))
		return 1;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		size_t size = strlen(signs[i]);

		if ((size_t)(stop - at) >= size && memcmp(at, signs[i], size) == 0)
			return size;
	}
	return 0;
}

static size_t name_length(const char *at, const char *stop)
{
	size_t length = 0, size = 0;

	while (at + length < stop && (size = size_in_name(at + length, stop, length == 0)))
		length += size;
	return length;
}

/* The last closing brace of the line that at stands on; NULL: none behind at. */
static const char *last_brace(struct line *line, const char *at)
{
	if (!line->end || at >= line->end) {
		line->end = memchr(at, '\n', (size_t)(line->stop - at));
		line->end = line->end ? line->end : line->stop;
		line->brace = memrchr(at, '}', (size_t)(line->end - at));
	}
	return line->brace && line->brace >= at ? line->brace : NULL;
}

/*
 * The brace that closes the one at `at`; where braces do not balance, the last one of the line,
 * which a pattern that takes as much as it can would find. What follows an opening brace is
 * stepped over, as compose-go does.
 */
static const char *closing_brace(struct line *line, const char *at)
{
	const char *last = last_brace(line, at);
	unsigned open = 0;

	for (const char *here = at; last && here <= last; here++) {
		if (*here == '}' && --open == 0)
			return here;
		if (*here == '{') {
			open++;
			here++;
		}
	}
	return last;
}

/* Take the braces at `at` apart; false where they hold no variable. */
static bool read_braced(struct braced *braced, struct expansion *expansion, struct line *line,
			const char *at)
{
	size_t length = name_length(at + 1, line->stop);
	const char *next = at + 1 + length, *close = NULL;

	*braced = (struct braced){ .name = arena_copy(expansion->arena, at + 1, length) };
	if (length == 0 || next >= line->stop)
		return false;
	if (*next == '}') {
		braced->end = next + 1;
		return true;
	}
	braced->colon = *next == ':';
	next += braced->colon;
	if (next >= line->stop || !*next || !strchr("-+?", *next))
		return false;
	braced->operator= * next++;
	close = closing_brace(line, at);
	if (!close || close < next)
		return false;
	braced->rest = next;
	braced->rest_length = (size_t)(close - next);
	braced->end = close + 1;
	return true;
}

static void expand(struct template *result, struct expansion *expansion, struct buf *out,
		   struct line line);

/* The rest behind an operator, into a result of its own: it may not be needed. */
static struct template expand_rest(struct expansion *expansion, const struct braced *braced,
				   struct buf *out)
{
	struct template rest = { 0 };
	struct line line = { .stop = braced->rest + braced->rest_length };

	if (++expansion->depth > MAX_TEMPLATE_DEPTH) {
		rest.error = arena_printf(expansion->arena, "defaults nested more than %d deep",
					  MAX_TEMPLATE_DEPTH);
	} else {
		rest.text = braced->rest;
		expand(&rest, expansion, out, line);
	}
	expansion->depth--;
	return rest;
}

static void need(struct template *result, const char *unresolved)
{
	if (!result->unresolved)
		result->unresolved = unresolved;
}

static void replace(struct template *result, struct expansion *expansion, struct buf *out,
		    const struct braced *braced)
{
	const char *value = expansion->lookup(expansion->variables, braced->name);
	bool known = value != template_unknown;
	bool given = value && (*value || !braced->colon);
	struct buf text = { 0 };
	struct template rest = { 0 };
	bool use_rest = braced->operator== '-' ? !given : braced->operator== '+' && given;

	if (braced->operator)
		rest = expand_rest(expansion, braced, &text);
	if (rest.error)
		result->error = rest.error;
	if (known && use_rest) {
		buf_add(out, buf_text(&text));
		need(result, rest.unresolved);
	} else if (known && value && (given || braced->operator== '-')) {
		buf_add(out, value);
	} else if (!known || (!value ? braced->operator != '+' : braced->operator == '?')) {
		need(result, braced->name);
	}
	buf_release(&text);
}

/* Expand result->text up to the line's stop. */
static void expand(struct template *result, struct expansion *expansion, struct buf *out,
		   struct line line)
{
	const char *at = result->text;

	while (at < line.stop && !result->error) {
		const char *dollar = memchr(at, '$', (size_t)(line.stop - at));
		struct braced braced = { 0 };
		size_t length = 0;

		if (!dollar)
			dollar = line.stop;
		buf_addn(out, at, (size_t)(dollar - at));
		at = dollar + 1;
		length = dollar < line.stop ? name_length(at, line.stop) : 0;
		if (length > 0) {
			braced.name = arena_copy(expansion->arena, at, length);
			braced.end = at + length;
		} else if (at < line.stop && *at == '{') {
			if (!read_braced(&braced, expansion, &line, at))
				result->error = INVALID;
		} else if (dollar < line.stop) {
			buf_addc(out, '$');
			at += at < line.stop && *at == '$';
		}
		if (braced.end) {
			replace(result, expansion, out, &braced);
			at = braced.end;
		}
		if (out->length > MAX_TEMPLATE_LENGTH && !result->error)
			result->error = TOO_LONG;
	}
}

struct template template_expand(struct arena *arena, const char *text, template_lookup *lookup,
				void *variables)
{
	struct expansion expansion = { .arena = arena, .lookup = lookup, .variables = variables };
	struct line line = { .stop = text + strlen(text) };
	struct template result = { .text = text };
	struct buf out = { 0 };

	if (!memchr(text, '$', (size_t)(line.stop - text)))
		return result;
	expand(&result, &expansion, &out, line);
	result.text = arena_copy(arena, buf_text(&out), out.length);
	buf_release(&out);
	return result;
}
