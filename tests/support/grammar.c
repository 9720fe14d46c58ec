#include "tests/support/grammar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void require(bool is_so, const char *what)
{
	if (is_so)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

void require_same(const char *found, const char *expected)
{
	if (strcmp(found, expected) == 0)
		return;
	fprintf(stderr, "found:    %s\nexpected: %s\n", found, expected);
	abort();
}

void require_only(const char *text, const char *bytes)
{
	require(!text[strspn(text, bytes)], "a byte that may not be there");
}

/* The next code point, by the table of RFC 3629 section 4; the program ends where there is none. */
static unsigned decode(const unsigned char **at, const unsigned char *end)
{
	static const unsigned least[] = { 0, 0x80, 0x800, 0x10000 };
	unsigned first = *(*at)++;
	size_t more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
	unsigned value = more ? first & (0x3Fu >> more) : first;

	require(first < 0x80 || (first >= 0xC0 && first < 0xF8), "a byte begins no character");
	require((size_t)(end - *at) >= more, "a character is cut");
	for (size_t i = 0; i < more; i++) {
		require((**at & 0xC0) == 0x80, "a character is cut by another one");
		value = value << 6 | (*(*at)++ & 0x3Fu);
	}
	require(value >= least[more] && value <= 0x10FFFF, "a character that is not minimal");
	require(value < 0xD800 || value > 0xDFFF, "half a pair");
	return value;
}

/* Pairs of first and last: they are not seen, end a line, or change the order of others. */
static bool is_treacherous(unsigned value)
{
	static const unsigned ranges[][2] = {
		{ 0, 0x1F },        { 0x7F, 0x9F },     { 0xAD, 0xAD },       { 0x61C, 0x61C },
		{ 0x180E, 0x180E }, { 0x200B, 0x200F }, { 0x2028, 0x202E },   { 0x2060, 0x206F },
		{ 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE007F },
	};

	if (value >= ' ' && value <= '~')
		return false;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (value >= ranges[i][0] && value <= ranges[i][1])
			return true;
	return false;
}

static bool is_white(unsigned value)
{
	return value == ' ' || value == '\t' || value == 0xA0 || value == 0x1680 ||
	       (value >= 0x2000 && value <= 0x200A) || value == 0x202F || value == 0x205F ||
	       value == 0x3000;
}

static bool has(const char *at, const char *end, const char *start)
{
	size_t length = strlen(start);

	return (size_t)(end - at) >= length && strncasecmp(at, start, length) == 0;
}

static void require_no_command(const char *at, const char *end)
{
	if (*at != '#')
		return;
	require(!has(at, end, "##["), "a command of GitHub's, of Azure's");
	require(!has(at, end, "##vso["), "a command of Azure's");
	require(!has(at, end, "##teamcity["), "a command of TeamCity's");
}

void require_harmless(struct text text, const char *allowed)
{
	const char *end = text.bytes + text.length;
	bool leading = true;

	for (const char *at = text.bytes, *next = at; at < end; at = next) {
		unsigned value = decode((const unsigned char **)&next, (const unsigned char *)end);

		require(value == '\n' || !is_treacherous(value) ||
				(value && value < 0x80 && strchr(allowed, (int)value)),
			"a character that is not to be seen");
		require(*at != ':' || !leading || !has(at, end, "::"), "a command of GitHub's");
		require_no_command(at, end);
		leading = value == '\n' || (leading && is_white(value));
	}
}

void require_commands(struct text text)
{
	const char *end = text.bytes + text.length;

	for (const char *at = text.bytes, *next = NULL; at < end; at = next + 1) {
		const char *body = at + 2 * has(at, end, "::") + 6 * has(at, end, "##vso[");

		next = memchr(at, '\n', (size_t)(end - at));
		require(next != NULL, "the last line has no end");
		require(body > at, "a line that is no command of ours");
		require_harmless((struct text){ body, (size_t)(next - body) }, "");
	}
}

const char *next_part(struct arena *arena, struct text *rest)
{
	size_t length = strnlen(rest->bytes, rest->length);
	size_t taken = length + (length < rest->length);
	const char *part = arena_copy(arena, rest->bytes, length);

	*rest = (struct text){ rest->bytes + taken, rest->length - taken };
	return part;
}
