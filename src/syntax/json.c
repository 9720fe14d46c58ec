#include "syntax/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "syntax/slice.h"

#define MAX_NUMBER_LENGTH 400 /* bytes of one whose size is looked at */

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

bool json_take(struct json *json, char character)
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

/* What may stand between quotes, one at a time. */
static bool skip_part(struct json *json)
{
	if (peek(json) < 0x20)
		return false;
	if (peek(json) == '\\')
		return skip_escape(json);
	skip(json, 1);
	return true;
}

bool json_take_string(struct json *json, struct text *body)
{
	struct text before = json->rest;
	const char *start = NULL;

	if (!json_take(json, '"'))
		return false;
	start = json->rest.bytes;
	while (peek(json) != '"') {
		if (!skip_part(json)) {
			json->rest = before;
			return false;
		}
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

/* Go's decoder takes no number that a double cannot hold. */
static bool is_finite(const char *number, size_t length)
{
	char copy[MAX_NUMBER_LENGTH + 1] = { 0 };

	if (length > MAX_NUMBER_LENGTH)
		return true;
	memcpy(copy, number, length);
	return isfinite(strtod(copy, NULL));
}

static bool skip_number(struct json *json)
{
	const char *start = json->rest.bytes;

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
		if (!skip_digits(json))
			return false;
	}
	return is_finite(start, (size_t)(json->rest.bytes - start));
}

static bool skip_scalar(struct json *json)
{
	static const char *const literals[] = { "false", "null", "true" };
	struct text body = { 0 };

	if (peek(json) == '"')
		return json_take_string(json, &body);
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

	return json_take_string(json, &body) && json_take(json, ':');
}

static void open_bracket(struct json *json, char bracket)
{
	unsigned char bit = (unsigned char)(1u << json->depth % 8);
	unsigned char *byte = &json->lists[json->depth / 8];

	*byte = (unsigned char)(bracket == '[' ? *byte | bit : *byte & ~bit);
	json->depth++;
}

/* The bracket that was opened last. */
static char bracket_open(const struct json *json)
{
	size_t last = json->depth - 1;

	return json->lists[last / 8] & 1u << last % 8 ? '[' : '{';
}

/* Behind a value: close what ends here. *more says whether another value follows. */
static bool close_brackets(struct json *json, bool *more)
{
	*more = false;
	while (json->depth > 0) {
		char bracket = bracket_open(json);

		if (json_take(json, ',')) {
			*more = true;
			return bracket == '[' || skip_key(json);
		}
		if (!json_take(json, bracket == '[' ? ']' : '}'))
			return false;
		json->depth--;
	}
	return true;
}

bool json_take_value(struct json *json)
{
	bool more = true;

	while (more) {
		skip_blanks(json);
		if (peek(json) == '[' || peek(json) == '{') {
			char bracket = *json->rest.bytes;

			if (json->depth == MAX_JSON_DEPTH)
				return false;
			skip(json, 1);
			open_bracket(json, bracket);
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

struct text json_decode(struct arena *arena, struct text body)
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

bool json_at_end(struct json *json)
{
	skip_blanks(json);
	return json->rest.length == 0;
}

bool json_member(struct text *value, struct arena *arena, struct text object, const char *key)
{
	struct json json;
	struct text name = { 0 };
	bool found = false;

	json.rest = object;
	json.depth = 0;
	if (!json_take(&json, '{'))
		return false;
	do {
		const char *start = NULL;

		if (!json_take_string(&json, &name) || !json_take(&json, ':'))
			return false;
		skip_blanks(&json);
		start = json.rest.bytes;
		if (!json_take_value(&json))
			return false;
		if (!slice_is(json_decode(arena, name), key))
			continue;
		found = true;
		*value = (struct text){ start, (size_t)(json.rest.bytes - start) };
	} while (json_take(&json, ','));
	return json_take(&json, '}') && json_at_end(&json) && found;
}

bool json_string_of(struct text *string, struct arena *arena, struct text value)
{
	struct json json;
	struct text body = { 0 };

	json.rest = value;
	json.depth = 0;
	if (!json_take_string(&json, &body) || !json_at_end(&json))
		return false;
	*string = json_decode(arena, body);
	return true;
}
