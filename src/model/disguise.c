#include "model/disguise.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "model/names.h"

#define FULLWIDTH 0xff01 /* and on: the characters of ASCII from '!' to '~' */
#define FULLWIDTH_END 0xff5e

/* Letters of other scripts that look like one in the names that are looked for. */
static const struct {
	unsigned codepoint;
	char letter;
} alike[] = {
	{ 0x0131, 'i' }, { 0x017f, 's' }, { 0x0391, 'A' }, { 0x0395, 'E' }, { 0x0399, 'I' },
	{ 0x039a, 'K' }, { 0x039c, 'M' }, { 0x039d, 'N' }, { 0x039f, 'O' }, { 0x03a1, 'P' },
	{ 0x03a4, 'T' }, { 0x03a5, 'Y' }, { 0x03b9, 'i' }, { 0x03ba, 'k' }, { 0x03bf, 'o' },
	{ 0x03c1, 'p' }, { 0x03f2, 'c' }, { 0x0405, 'S' }, { 0x0406, 'I' }, { 0x0410, 'A' },
	{ 0x0415, 'E' }, { 0x041a, 'K' }, { 0x041c, 'M' }, { 0x041e, 'O' }, { 0x0420, 'P' },
	{ 0x0421, 'C' }, { 0x0422, 'T' }, { 0x0430, 'a' }, { 0x0435, 'e' }, { 0x043a, 'k' },
	{ 0x043e, 'o' }, { 0x0440, 'p' }, { 0x0441, 'c' }, { 0x0443, 'y' }, { 0x0455, 's' },
	{ 0x0456, 'i' }, { 0x0501, 'd' }, { 0x212a, 'K' }, { 0x216d, 'C' }, { 0x216e, 'D' },
	{ 0x216f, 'M' }, { 0x2170, 'i' }, { 0x217c, 'l' }, { 0x217d, 'c' }, { 0x217e, 'd' },
	{ 0x217f, 'm' },
};

/* Without width, or dropped by HFS+ (Git utf8.c next_hfs_char). */
static bool is_ignored(unsigned codepoint)
{
	return codepoint == 0x00ad || codepoint == 0x034f || codepoint == 0xfeff ||
	       (codepoint >= 0x200b && codepoint <= 0x200f) ||
	       (codepoint >= 0x202a && codepoint <= 0x202e) ||
	       (codepoint >= 0x2060 && codepoint <= 0x206f) ||
	       (codepoint >= 0xfe00 && codepoint <= 0xfe0f);
}

/* The letter of ASCII that it looks like; 0: none. */
static char letter_of(unsigned codepoint)
{
	if (codepoint < 0x80)
		return (char)codepoint;
	if (codepoint >= FULLWIDTH && codepoint <= FULLWIDTH_END)
		return (char)(codepoint - FULLWIDTH + '!');
	for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++)
		if (alike[i].codepoint == codepoint)
			return alike[i].letter;
	return 0;
}

/* What is left once the name is read carelessly, in the case it is written in. */
static void read_carelessly(struct buf *out, const char *name)
{
	size_t left = strlen(name);

	while (left > 0) {
		unsigned codepoint = 0;
		size_t size = utf8_decode(&codepoint, name, left);
		char letter = letter_of(codepoint);

		if (letter == ':' && out->length > 0)
			break;
		if (letter)
			buf_addc(out, letter);
		else if (!is_ignored(codepoint))
			buf_addn(out, name, size);
		name += size;
		left -= size;
	}
	while (out->length > 0 && strchr(". ", out->text[out->length - 1]))
		out->text[--out->length] = '\0';
}

/* DOCKER~1, which Windows may call a Dockerfile: six letters of it and a number. */
static const char *long_name(const char *name)
{
	const size_t size = strlen("docker~");
	const char *number = strnlen(name, size) == size ? name + size : "";

	if (!*number || number[strspn(number, "0123456789")])
		return NULL;
	if (strncasecmp(name, "docker~", size) == 0)
		return "Dockerfile";
	return strncasecmp(name, "contai~", size) == 0 ? "Containerfile" : NULL;
}

static const char *lower(struct arena *arena, const char *name)
{
	char *copy = arena_copy(arena, name, strlen(name));

	for (char *at = copy; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at | 0x20);
	return copy;
}

static bool is_known(const char *name)
{
	return name_kind(name) != NAME_OTHER || name_is_compose(name);
}

enum {
	CAPITAL = 1,
	ODD = 2, /* no letter, digit or sign of a plain name */
};

static const unsigned char kinds[256] = {
	[':'] = ODD,
	['A' ... 'Z'] = CAPITAL,
	['~'] = ODD,
	[0x80 ... 0xff] = ODD,
};

/* Most names are what they look like, which has to be found out quickly. */
static bool is_suspicious(const char *name)
{
	const char *at = name;
	unsigned seen = 0;

	for (; *at; at++)
		seen |= kinds[(unsigned char)*at];
	if (seen & ODD || at == name)
		return seen & ODD;
	return at[-1] == '.' || at[-1] == ' ' || (seen & CAPITAL && (at[-1] | 0x20) == 'l');
}

const char *name_disguised(struct arena *arena, const char *name)
{
	const char *result = NULL;
	struct buf out = { 0 };

	if (!is_suspicious(name) || is_known(name))
		return NULL;
	read_carelessly(&out, name);
	result = arena_string(arena, buf_text(&out));
	buf_release(&out);
	if (long_name(result))
		return long_name(result);
	if (name_kind(result) != NAME_OTHER)
		return result;
	result = lower(arena, result);
	return name_is_compose(result) ? result : NULL;
}

bool name_is_disguised(const char *name)
{
	struct arena arena = { 0 };
	bool is_disguised = is_suspicious(name) && name_disguised(&arena, name);

	arena_release(&arena);
	return is_disguised;
}
