#include "syntax/exec_form.h"

#include <string.h>

#include "base/buf.h"
#include "syntax/slice.h"

#define MAX_JSON_DEPTH 10000 /* of arrays and objects: what is deeper is no JSON to Go either */

/* JSON being read; open holds the brackets that are not closed yet. */
struct json {
	struct text rest;
	char open[MAX_JSON_DEPTH];
	size_t depth;
};

static int peek(const struct json *json)
{
	return json->rest.length ? (unsigned char)*json->rest.bytes : -1;
}

static void skip(struct json *json, size_t length)
{
	json->rest = slice_from(json->rest, length);
}

static void skip_blanks(struct json *json)
{
	while (peek(json) == ' ' || peek(json) == '\t' || peek(json) == '\n' || peek(json) == '\r')
		skip(json, 1);
}

static bool skip_character(struct json *json, char character)
{
	skip_blanks(json);
	if (peek(json) != character)
		return false;
	skip(json, 1);
	return true;
}

static bool is_hex(struct text text)
{
	for (size_t i = 0; i < 4; i++)
		if (i >= text.length || !text.bytes[i] ||
		    !strchr("0123456789abcdefABCDEF", text.bytes[i]))
			return false;
	return true;
}

static bool skip_escape(struct json *json)
{
	int character = -1;

	skip(json, 1);
	character = peek(json);
	if (character <= 0 || !strchr("\"\\/bfnrtu", character))
		return false;
	skip(json, 1);
	if (character == 'u' && !is_hex(json->rest))
		return false;
	skip(json, character == 'u' ? 4 : 0);
	return true;
}

/* body is what stands between the quotes, as written. */
static bool skip_string(struct json *json, struct text *body)
{
	const char *start = NULL;

	if (!skip_character(json, '"'))
		return false;
	start = json->rest.bytes;
	while (peek(json) != '"') {
		if (peek(json) < 0x20)
			return false;
		if (peek(json) != '\\')
			skip(json, 1);
		else if (!skip_escape(json))
			return false;
	}
	*body = (struct text){ start, (size_t)(json->rest.bytes - start) };
	skip(json, 1);
	return true;
}

static bool skip_digits(struct json *json)
{
	size_t length = 0;

	while (length < json->rest.length && json->rest.bytes[length] >= '0' &&
	       json->rest.bytes[length] <= '9')
		length++;
	skip(json, length);
	return length > 0;
}

static bool skip_number(struct json *json)
{
	if (peek(json) == '-')
		skip(json, 1);
	if (peek(json) == '0')
		skip(json, 1);
	else if (!skip_digits(json))
		return false;
	if (peek(json) == '.') {
		skip(json, 1);
		if (!skip_digits(json))
			return false;
	}
	if (peek(json) == 'e' || peek(json) == 'E') {
		skip(json, 1);
		if (peek(json) == '+' || peek(json) == '-')
			skip(json, 1);
		return skip_digits(json);
	}
	return true;
}

static bool skip_scalar(struct json *json)
{
	static const char *const literals[] = { "false", "null", "true" };
	struct text body = { 0 };

	if (peek(json) == '"')
		return skip_string(json, &body);
	for (size_t i = 0; i < sizeof(literals) / sizeof(literals[0]); i++)
		if (slice_starts(json->rest, literals[i])) {
			skip(json, strlen(literals[i]));
			return true;
		}
	return skip_number(json);
}

static bool skip_key(struct json *json)
{
	struct text body = { 0 };

	return skip_string(json, &body) && skip_character(json, ':');
}

/* Behind a value: close what ends here. *more says whether another value follows. */
static bool close_brackets(struct json *json, bool *more)
{
	*more = false;
	while (json->depth > 0) {
		char bracket = json->open[json->depth - 1];

		if (skip_character(json, ',')) {
			*more = true;
			return bracket == '[' || skip_key(json);
		}
		if (!skip_character(json, bracket == '[' ? ']' : '}'))
			return false;
		json->depth--;
	}
	return true;
}

/* A value and all that is in it. */
static bool skip_value(struct json *json)
{
	bool more = true;

	while (more) {
		skip_blanks(json);
		if (peek(json) == '[' || peek(json) == '{') {
			char bracket = *json->rest.bytes;

			if (json->depth == MAX_JSON_DEPTH)
				return false;
			skip(json, 1);
			json->open[json->depth++] = bracket;
			skip_blanks(json);
			if (peek(json) != (bracket == '[' ? ']' : '}')) {
				if (bracket == '{' && !skip_key(json))
					return false;
				continue;
			}
		} else if (!skip_scalar(json)) {
			return false;
		}
		if (!close_brackets(json, &more))
			return false;
	}
	return true;
}

static unsigned read_hex(const char *digits)
{
	unsigned value = 0;

	for (size_t i = 0; i < 4; i++) {
		char digit = (char)(digits[i] | 0x20);

		value = value * 16 + (unsigned)(digit <= '9' ? (digit & 0xF) : digit - 'a' + 10);
	}
	return value;
}

static void add_codepoint(struct buf *out, unsigned codepoint)
{
	if (codepoint < 0x80) {
		buf_addc(out, (char)codepoint);
		return;
	}
	if (codepoint < 0x800) {
		buf_addc(out, (char)(0xC0 | codepoint >> 6));
	} else {
		if (codepoint < 0x10000) {
			buf_addc(out, (char)(0xE0 | codepoint >> 12));
		} else {
			buf_addc(out, (char)(0xF0 | codepoint >> 18));
			buf_addc(out, (char)(0x80 | (codepoint >> 12 & 0x3F)));
		}
		buf_addc(out, (char)(0x80 | (codepoint >> 6 & 0x3F)));
	}
	buf_addc(out, (char)(0x80 | (codepoint & 0x3F)));
}

/* \uXXXX, or two of them that are a pair; a half pair becomes U+FFFD. Bytes taken. */
static size_t decode_unicode(struct buf *out, struct text rest)
{
	unsigned high = read_hex(rest.bytes + 2), low = 0;

	if (high < 0xD800 || high > 0xDFFF) {
		add_codepoint(out, high);
		return 6;
	}
	if (high < 0xDC00 && rest.length >= 12 && rest.bytes[6] == '\\' && rest.bytes[7] == 'u')
		low = read_hex(rest.bytes + 8);
	if (low < 0xDC00 || low > 0xDFFF) {
		add_codepoint(out, 0xFFFD);
		return 6;
	}
	add_codepoint(out, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
	return 12;
}

static struct text decode(struct arena *arena, struct text body)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	struct buf out = { 0 };
	struct text text = body;

	if (slice_find(body, '\\') == body.length)
		return body;
	for (size_t at = 0, size = 0; at < body.length; at += size) {
		struct text rest = slice_from(body, at);
		const char *known = NULL;

		size = 1;
		if (*rest.bytes != '\\') {
			buf_addc(&out, *rest.bytes);
			continue;
		}
		known = strchr(from, rest.bytes[1]);
		size = 2;
		if (rest.bytes[1] == 'u')
			size = decode_unicode(&out, rest);
		else
			buf_addc(&out, known ? to[known - from] : rest.bytes[1]);
	}
	text.length = out.length;
	text.bytes = arena_copy(arena, buf_text(&out), out.length);
	buf_release(&out);
	return text;
}

/* The elements of an array whose '[' is read. Anything but a string is left out. */
static bool read_elements(struct json *json, struct texts *strings, struct arena *arena,
			  bool *mixed)
{
	struct text body = { 0 };

	if (skip_character(json, ']'))
		return true;
	do {
		skip_blanks(json);
		if (peek(json) != '"') {
			*mixed = true;
			if (!skip_value(json))
				return false;
		} else if (skip_string(json, &body)) {
			if (strings)
				*vec_add(arena, strings) = decode(arena, body);
		} else {
			return false;
		}
	} while (skip_character(json, ','));
	return skip_character(json, ']');
}

enum exec_form exec_form_read(struct texts *strings, struct arena *arena, struct text text)
{
	struct json json;
	bool mixed = false;

	json.rest = slice_trim_start(text);
	json.depth = 0;
	if (!skip_character(&json, '[') || !read_elements(&json, strings, arena, &mixed))
		return EXEC_NONE;
	skip_blanks(&json);
	if (json.rest.length > 0)
		return EXEC_NONE;
	return mixed ? EXEC_MIXED : EXEC_STRINGS;
}

bool exec_form_member(struct text *value, struct arena *arena, struct text object, const char *key)
{
	struct json json;
	struct text name = { 0 };
	bool found = false;

	json.rest = object;
	json.depth = 0;
	if (!skip_character(&json, '{'))
		return false;
	do {
		struct text body = { 0 };

		if (!skip_string(&json, &name) || !skip_character(&json, ':'))
			return false;
		skip_blanks(&json);
		if (!slice_is(decode(arena, name), key) || peek(&json) != '"') {
			if (!skip_value(&json))
				return false;
			continue;
		}
		found = skip_string(&json, &body);
		*value = decode(arena, body);
	} while (skip_character(&json, ','));
	if (!skip_character(&json, '}'))
		return false;
	skip_blanks(&json);
	return found && json.rest.length == 0;
}
