#include "syntax/slice.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "syntax/unicode.h"

static bool is_space(unsigned codepoint)
{
	return (codepoint >= 0x09 && codepoint <= 0x0D) || codepoint == 0x20 || codepoint == 0x85 ||
	       codepoint == 0xA0 || codepoint == 0x1680 ||
	       (codepoint >= 0x2000 && codepoint <= 0x200A) || codepoint == 0x2028 ||
	       codepoint == 0x2029 || codepoint == 0x202F || codepoint == 0x205F ||
	       codepoint == 0x3000;
}

size_t slice_space(const char *bytes, size_t length)
{
	unsigned codepoint = 0;
	size_t size = 0;

	if (length == 0)
		return 0;
	if ((unsigned char)bytes[0] < 0x80)
		return (unsigned char)bytes[0] <= ' ' && is_space((unsigned char)bytes[0]);
	size = utf8_decode(&codepoint, bytes, length);
	return is_space(codepoint) ? size : 0;
}

/* How many bytes the character there takes, if it is one of those. */
static size_t length_if(bool is_one(unsigned), const char *bytes, size_t length)
{
	unsigned codepoint = 0;
	size_t size = length > 0 ? utf8_decode(&codepoint, bytes, length) : 0;

	return size > 0 && is_one(codepoint) ? size : 0;
}

size_t slice_letter(const char *bytes, size_t length)
{
	return length_if(unicode_is_letter, bytes, length);
}

size_t slice_digit(const char *bytes, size_t length)
{
	return length_if(unicode_is_digit, bytes, length);
}

size_t slice_number(const char *bytes, size_t length)
{
	return length_if(unicode_is_number, bytes, length);
}

struct text slice_trim_start(struct text slice)
{
	size_t size = 0;

	while ((size = slice_space(slice.bytes, slice.length)))
		slice = slice_from(slice, size);
	return slice;
}

/* The length without the white space at the end, of one to three bytes. */
static size_t trim_one(struct text slice)
{
	if (slice.length > 0 && (unsigned char)slice.bytes[slice.length - 1] < 0x80)
		return slice.length - slice_space(slice.bytes + slice.length - 1, 1);
	for (size_t size = 1; size <= 3 && size <= slice.length; size++)
		if (slice_space(slice.bytes + slice.length - size, size) == size)
			return slice.length - size;
	return slice.length;
}

struct text slice_trim_end(struct text slice)
{
	size_t shorter = 0;

	while ((shorter = trim_one(slice)) < slice.length)
		slice.length = shorter;
	return slice;
}

struct text slice_trim(struct text slice)
{
	return slice_trim_end(slice_trim_start(slice));
}

struct text slice_skip_mark(struct text slice)
{
	return slice_starts(slice, "\xEF\xBB\xBF") ? slice_from(slice, 3) : slice;
}

struct text slice_from(struct text slice, size_t start)
{
	return (struct text){ slice.bytes + start, slice.length - start };
}

struct text slice_upto(struct text slice, size_t end)
{
	return (struct text){ slice.bytes, end };
}

static bool is_blank(char character)
{
	return (unsigned char)character <= ' ' &&
	       (character == ' ' || character == '\t' || character == '\r' || character == '\v' ||
		character == '\f');
}

bool slice_word(struct text *word, struct text *rest)
{
	size_t start = 0, end = 0;

	while (start < rest->length && is_blank(rest->bytes[start]))
		start++;
	end = start;
	while (end < rest->length && !is_blank(rest->bytes[end]))
		end++;
	*word = (struct text){ rest->bytes + start, end - start };
	while (end < rest->length && is_blank(rest->bytes[end]))
		end++;
	*rest = slice_from(*rest, end);
	return word->length > 0;
}

bool slice_line(struct text *line, struct text *rest)
{
	size_t end = slice_find(*rest, '\n');

	*line = (struct text){ rest->bytes, end };
	if (rest->length == 0)
		return false;
	*rest = slice_from(*rest, end + (end < rest->length));
	return true;
}

bool slice_is(struct text slice, const char *string)
{
	return slice.length == strlen(string) && memcmp(slice.bytes, string, slice.length) == 0;
}

bool slice_is_like(struct text slice, const char *string)
{
	return slice.length == strlen(string) &&
	       strncasecmp(slice.bytes, string, slice.length) == 0;
}

bool slice_equals(struct text slice, struct text other)
{
	return slice.length == other.length &&
	       (slice.length == 0 || memcmp(slice.bytes, other.bytes, slice.length) == 0);
}

bool slice_starts(struct text slice, const char *string)
{
	size_t length = strlen(string);

	return slice.length >= length && memcmp(slice.bytes, string, length) == 0;
}

bool slice_holds_like(struct text slice, const char *string)
{
	for (; slice.length > 0; slice = slice_from(slice, 1))
		if (slice_is_like(slice_upto(slice, strlen(string)), string))
			return true;
	return false;
}

size_t slice_find(struct text slice, char character)
{
	const char *found = slice.length ? memchr(slice.bytes, character, slice.length) : NULL;

	return found ? (size_t)(found - slice.bytes) : slice.length;
}

bool slice_is_made_of(struct text slice, const char *bytes)
{
	for (size_t i = 0; i < slice.length; i++)
		if (!slice.bytes[i] || !strchr(bytes, slice.bytes[i]))
			return false;
	return true;
}

const char *slice_string(struct arena *arena, struct text slice)
{
	return arena_copy(arena, slice.bytes, slice.length);
}

const char *slice_lower(struct arena *arena, struct text slice)
{
	char *copy = arena_bytes(arena, slice.length + 1);
	size_t length = 0;

	for (size_t i = 0; i < slice.length; i++) {
		struct text rest = slice_from(slice, i);
		char character = slice.bytes[i];
		bool is_ascii = (unsigned char)character < 0x80;

		if (character >= 'A' && character <= 'Z') {
			character = (char)(character + 'a' - 'A');
		} else if (!is_ascii && slice_starts(rest, "\xE2\x84\xAA")) {
			character = 'k';
			i += 2;
		} else if (!is_ascii && slice_starts(rest, "\xC4\xB0")) {
			character = 'i';
			i++;
		}
		copy[length++] = character;
	}
	copy[length] = '\0';
	return copy;
}
