#include "syntax/text.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

void text_key(char key[TEXT_KEY], struct text text)
{
	(void)snprintf(key, TEXT_KEY, "%zx", (size_t)text.bytes);
}

struct text text_line(struct text text, unsigned line)
{
	const char *at = text.bytes, *end = text.bytes + text.length;
	const char *stop = NULL;

	for (unsigned i = 1; at < end && i < line; i++) {
		at = memchr(at, '\n', (size_t)(end - at));
		if (!at)
			return (struct text){ "", 0 };
		at++;
	}
	if (line == 0 || at >= end)
		return (struct text){ "", 0 };
	stop = memchr(at, '\n', (size_t)(end - at));
	stop = stop ? stop : end;
	if (stop > at && stop[-1] == '\r')
		stop--;
	return (struct text){ at, (size_t)(stop - at) };
}

unsigned text_line_at(struct text text, size_t offset)
{
	const char *at = text.bytes, *end = text.bytes + offset;
	unsigned line = 1;

	while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
		line++;
		at++;
	}
	return line;
}

static unsigned column_at(struct text text, size_t offset)
{
	size_t start = offset;

	while (start > 0 && text.bytes[start - 1] != '\n')
		start--;
	return (unsigned)utf8_count(text.bytes + start, offset - start) + 1;
}

size_t text_offset(struct text text, unsigned line, unsigned column)
{
	size_t at = 0;

	while (line > 1 && at < text.length)
		line -= text.bytes[at++] == '\n';
	for (; column > 1 && at < text.length; column--)
		for (at++; at < text.length && ((unsigned char)text.bytes[at] & 0xC0) == 0x80;)
			at++;
	return at;
}

struct span text_span(struct text text, size_t start, size_t end)
{
	struct span span = { 0 };
	size_t last = end > start ? end - 1 : start;

	span.line = text_line_at(text, start);
	span.column = column_at(text, start);
	span.end_line =
		span.line +
		text_line_at((struct text){ text.bytes + start, last - start }, last - start) - 1;
	/* The column behind the last code point, less one. */
	span.end_column = end > start ? column_at(text, end) - 1 : span.column;
	return span;
}

struct span span_lines(unsigned first, unsigned last)
{
	return (struct span){ .line = first, .end_line = last };
}
