#include "syntax/yaml_quote.h"

#include <string.h>

#include "base/utf8.h"

#define LINE_WIDTH 76 /* bytes of a line from which on it may end at a comma */

static void add(struct buf *out, const char *bytes, size_t size, unsigned codepoint)
{
	/* The last two code points of each plane are no characters, and libyaml takes none. */
	bool hidden = utf8_is_unprintable(codepoint) || (codepoint & 0xFFFE) == 0xFFFE;

	if (codepoint == '"' || codepoint == '\\')
		buf_addf(out, "\\%c", (int)codepoint);
	else if (hidden && codepoint > 0xFFFF)
		buf_addf(out, "\\U%08x", codepoint);
	else if (hidden && codepoint > 0xFF)
		buf_addf(out, "\\u%04x", codepoint);
	else if (hidden)
		buf_addf(out, "\\x%02x", codepoint);
	else
		buf_addn(out, bytes, size);
}

void yaml_quote(struct buf *out, const char *text, unsigned blanks)
{
	size_t length = strlen(text), line = out->length;
	unsigned codepoint = 0;
	bool begins = false;

	buf_addc(out, '"');
	for (size_t at = 0, size = 0; at < length; at += size) {
		size = utf8_decode(&codepoint, text + at, length - at);
		/* Blanks at the beginning of a line are no part of the string. */
		if (begins && codepoint == ' ')
			buf_addc(out, '\\');
		add(out, text + at, size, codepoint);
		begins = codepoint == ',' && text[at + 1] && out->length - line > LINE_WIDTH;
		if (!begins)
			continue;
		buf_add(out, "\\\n");
		buf_repeat(out, ' ', blanks);
		line = out->length;
	}
	buf_addc(out, '"');
}
