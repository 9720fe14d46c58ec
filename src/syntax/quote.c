#include "syntax/quote.h"

#include <string.h>

#include "syntax/slice.h"

/* The byte that an escape stands for, cut off *rest; -1: none. */
static int cut_escape(struct text *rest)
{
	static const char letters[] = "abfnrtv\\\"", bytes[] = "\a\b\f\n\r\t\v\\\"";
	const char *letter = NULL;
	int byte = 0;

	if (rest->length == 0)
		return -1;
	letter = memchr(letters, *rest->bytes, sizeof(letters) - 1);
	if (letter) {
		*rest = slice_from(*rest, 1);
		return (unsigned char)bytes[letter - letters];
	}
	if (rest->length < 3 || *rest->bytes > '3')
		return -1;
	for (int i = 0; i < 3; i++) {
		if (rest->bytes[i] < '0' || rest->bytes[i] > '7')
			return -1;
		byte = byte * 8 + (rest->bytes[i] - '0');
	}
	*rest = slice_from(*rest, 3);
	return byte;
}

bool quote_cut(struct text *plain, struct arena *arena, struct text *rest)
{
	struct text left = *rest;
	char *bytes = NULL;
	size_t length = 0;
	int byte = 0;

	if (left.length == 0 || *left.bytes != '"')
		return false;
	left = slice_from(left, 1);
	bytes = arena_alloc(arena, left.length + 1);
	while (left.length > 0 && *left.bytes != '"') {
		byte = (unsigned char)*left.bytes;
		left = slice_from(left, 1);
		if (byte == '\\')
			byte = cut_escape(&left);
		if (byte < 0)
			return false;
		bytes[length++] = (char)byte;
	}
	if (left.length == 0)
		return false;
	*plain = (struct text){ bytes, length };
	*rest = slice_from(left, 1);
	return true;
}
