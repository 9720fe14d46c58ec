#include "syntax/yaml_place.h"

#include <string.h>

#include "base/utf8.h"
#include "syntax/slice.h"

#define STEP 64

static bool is_plain(struct text text)
{
	unsigned char bits = 0;

	for (size_t i = 0; i < text.length; i++)
		bits |= (unsigned char)text.bytes[i];
	return bits < 0x80;
}

/* Most texts need their lines alone. */
static void read_plain(struct yaml_places *places, struct arena *arena, struct text text)
{
	const char *at = text.bytes, *end = at + text.length;

	places->is_plain = true;
	while ((at = memchr(at, '\n', (size_t)(end - at)))) {
		size_t next = (size_t)(++at - text.bytes);

		*vec_add(arena, &places->lines) = (struct yaml_line){ next, next };
	}
}

bool yaml_places_read(struct yaml_places *places, size_t *wrong, struct arena *arena,
		      struct text text)
{
	size_t at = text.length - slice_skip_mark(text).length;
	size_t character = 0;

	places->text = text;
	places->start = at;
	*vec_add(arena, &places->lines) = (struct yaml_line){ at, 0 };
	if (is_plain(text)) {
		read_plain(places, arena, text);
		return true;
	}
	while (at < text.length) {
		unsigned codepoint = 0;
		size_t size = utf8_decode(&codepoint, text.bytes + at, text.length - at);

		if (codepoint == 0xFFFD && !utf8_is_valid(text.bytes + at, size)) {
			*wrong = at;
			return false;
		}
		if (character % STEP == 0)
			*vec_add(arena, &places->bytes) = at;
		at += size;
		character++;
		if (codepoint == '\n')
			*vec_add(arena, &places->lines) = (struct yaml_line){ at, character };
	}
	return true;
}

/* How long is the character that begins here, the text being valid? */
static size_t character_size(const char *bytes)
{
	unsigned char first = (unsigned char)*bytes;

	return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

unsigned yaml_places_byte(const struct yaml_places *places, size_t character)
{
	size_t at = 0, length = places->text.length;

	if (places->is_plain)
		return (unsigned)(character < length ? character : length);
	if (character / STEP >= places->bytes.count)
		return (unsigned)length;
	at = places->bytes.items[character / STEP];
	for (size_t i = character % STEP; i > 0 && at < length; i--)
		at += character_size(places->text.bytes + at);
	return (unsigned)at;
}

static size_t character_at(const struct yaml_places *places, size_t byte)
{
	size_t low = 0, high = places->bytes.count, at = 0, character = 0;

	if (places->is_plain)
		return byte;
	if (high == 0 || byte < places->start)
		return 0;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (places->bytes.items[middle] <= byte)
			low = middle;
		else
			high = middle;
	}
	character = low * STEP;
	for (at = places->bytes.items[low]; at < byte; character++)
		at += character_size(places->text.bytes + at);
	return character;
}

/* Does the line begin at that byte or before, and the one behind it not? */
static bool is_line(const struct yaml_places *places, size_t line, size_t byte)
{
	const struct yaml_line *at = places->lines.items + line;

	return line < places->lines.count && at->byte <= byte &&
	       (line + 1 == places->lines.count || byte < at[1].byte);
}

/* The line with that byte, from 0; the first one has what is before it too. */
static size_t line_of(struct yaml_places *places, size_t byte)
{
	size_t behind = 0;

	if (is_line(places, places->near, byte))
		return places->near;
	if (is_line(places, places->near + 1, byte))
		return ++places->near;
	behind = vec_before(&places->lines, byte, byte + 1);
	places->near = behind > 0 ? behind - 1 : 0;
	return places->near;
}

/* Line and column, from 1. */
static void locate(struct yaml_places *places, size_t byte, unsigned *line, unsigned *column)
{
	size_t number = line_of(places, byte);

	*line = (unsigned)number + 1;
	*column =
		(unsigned)(character_at(places, byte) - places->lines.items[number].character) + 1;
}

struct span yaml_places_span(struct yaml_places *places, size_t start, size_t end)
{
	struct span span = { 0 };
	size_t last = end;

	locate(places, start, &span.line, &span.column);
	if (end <= start) {
		span.end_line = span.line;
		span.end_column = span.column;
		return span;
	}
	do
		last--;
	while (last > start && ((unsigned char)places->text.bytes[last] & 0xC0) == 0x80);
	locate(places, last, &span.end_line, &span.end_column);
	return span;
}

unsigned yaml_skip_properties(const char *bytes, unsigned at, size_t end)
{
	while (at < end && strchr("&! \t\r\n#", bytes[at]) && bytes[at]) {
		if (bytes[at] == '#')
			while (at < end && bytes[at] != '\n')
				at++;
		else if (bytes[at] == '&' || bytes[at] == '!')
			while (at < end && !strchr(" \t\r\n", bytes[at]))
				at++;
		else
			at++;
	}
	return at;
}
