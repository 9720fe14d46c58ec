#include "base/utf8.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"

#define REPLACEMENT 0xFFFD

/* The bounds of the second byte are narrower after some first bytes (Unicode table 3-7). */
static bool continues(unsigned char first, unsigned char byte, size_t position)
{
	unsigned char low = 0x80, high = 0xBF;

	if (position == 1) {
		low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
		high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
	}
	return byte >= low && byte <= high;
}

size_t utf8_decode(unsigned *codepoint, const char *bytes, size_t length)
{
	const unsigned char *byte = (const unsigned char *)bytes;
	size_t needed = 0;
	unsigned value = 0;

	*codepoint = REPLACEMENT;
	if (length == 0)
		return 0;
	if (byte[0] < 0x80) {
		*codepoint = byte[0];
		return 1;
	}
	needed = byte[0] >= 0xC2 && byte[0] <= 0xDF   ? 2
		 : byte[0] >= 0xE0 && byte[0] <= 0xEF ? 3
		 : byte[0] >= 0xF0 && byte[0] <= 0xF4 ? 4
						      : 0;
	if (needed == 0)
		return 1;
	value = byte[0] & (0x7Fu >> needed);
	for (size_t i = 1; i < needed; i++) {
		if (i >= length || !continues(byte[0], byte[i], i))
			return i;
		value = value << 6 | (byte[i] & 0x3Fu);
	}
	*codepoint = value;
	return needed;
}

bool utf8_is_valid(const char *bytes, size_t length)
{
	unsigned codepoint = 0;

	for (size_t at = 0, size = 0; at < length; at += size) {
		size = utf8_decode(&codepoint, bytes + at, length - at);
		/* A true U+FFFD takes three bytes that begin with EF. */
		if (codepoint == REPLACEMENT && !(size == 3 && bytes[at] == '\xEF'))
			return false;
	}
	return true;
}

size_t utf8_count(const char *bytes, size_t length)
{
	unsigned codepoint = 0;
	size_t count = 0;

	for (size_t at = 0; at < length; count++)
		at += utf8_decode(&codepoint, bytes + at, length - at);
	return count;
}

const char *utf8_replace(struct arena *arena, const char *text)
{
	struct buf out = { 0 };
	size_t length = strlen(text);
	unsigned codepoint = 0;
	const char *copy = NULL;

	if (utf8_is_valid(text, length))
		return arena_copy(arena, text, length);
	for (size_t at = 0, size = 0; at < length; at += size) {
		size = utf8_decode(&codepoint, text + at, length - at);
		if (codepoint == REPLACEMENT)
			buf_add(&out, "\xEF\xBF\xBD");
		else
			buf_addn(&out, text + at, size);
	}
	copy = arena_copy(arena, buf_text(&out), out.length);
	buf_release(&out);
	return copy;
}

bool utf8_is_unprintable(unsigned codepoint)
{
	return codepoint < 0x20 || (codepoint >= 0x7F && codepoint <= 0x9F) || codepoint == 0xAD ||
	       codepoint == 0x61C || codepoint == 0x180E ||
	       (codepoint >= 0x200B && codepoint <= 0x200F) ||
	       (codepoint >= 0x2028 && codepoint <= 0x202E) ||
	       (codepoint >= 0x2060 && codepoint <= 0x206F) || codepoint == 0xFEFF ||
	       (codepoint >= 0xFFF9 && codepoint <= 0xFFFB) ||
	       (codepoint >= 0xE0000 && codepoint <= 0xE007F);
}

/* White space that a log reader skips before it looks for a command. */
static bool is_space(unsigned codepoint)
{
	return codepoint == ' ' || codepoint == 0xA0 || codepoint == 0x1680 ||
	       (codepoint >= 0x2000 && codepoint <= 0x200A) || codepoint == 0x202F ||
	       codepoint == 0x205F || codepoint == 0x3000;
}

bool utf8_starts_command(const char *text, bool leading)
{
	return (leading && strncmp(text, "::", 2) == 0) || strncmp(text, "##[", 3) == 0 ||
	       strncasecmp(text, "##vso[", 6) == 0 || strncasecmp(text, "##teamcity[", 11) == 0;
}

static void clean_one(struct buf *out, const char *bytes, size_t size, unsigned codepoint,
		      bool ascii)
{
	if (codepoint == REPLACEMENT && !(size == 3 && bytes[0] == '\xEF')) {
		for (size_t i = 0; i < size; i++)
			buf_addf(out, "\\x%02x", (unsigned char)bytes[i]);
	} else if (codepoint < 0x80 && utf8_is_unprintable(codepoint)) {
		buf_addf(out, "\\x%02x", codepoint);
	} else if (utf8_is_unprintable(codepoint) || (ascii && codepoint > 0x7E)) {
		buf_addf(out, "\\u{%x}", codepoint);
	} else {
		buf_addn(out, bytes, size);
	}
}

const char *utf8_clean(struct arena *arena, const char *text, bool ascii)
{
	struct buf out = { 0 };
	size_t length = strlen(text);
	unsigned codepoint = 0;
	const char *copy = NULL;
	bool leading = true;

	for (size_t at = 0, size = 0; at < length; at += size) {
		size = utf8_decode(&codepoint, text + at, length - at);
		if (utf8_starts_command(text + at, leading))
			buf_addf(&out, "\\x%02x", (unsigned char)text[at]);
		else
			clean_one(&out, text + at, size, codepoint, ascii);
		leading = leading && is_space(codepoint);
	}
	copy = arena_copy(arena, buf_text(&out), out.length);
	buf_release(&out);
	return copy;
}
