#include "reports/wrap.h"

#include <string.h>

#include "base/utf8.h"

/* How many bytes of the text's next word, with the spaces before it, fit into so many columns. */
static size_t cut(const char *text, size_t columns)
{
	size_t at = 0;
	unsigned codepoint = 0;

	while (text[at] && columns-- > 0)
		at += utf8_decode(&codepoint, text + at, strlen(text + at));
	return at;
}

/* Any part of a text may come to begin a line, where a log reader takes "::" for a command. */
static void add_harmless(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (text[0] == ':' && text[1] == ':')
			buf_add(out, "\\x3a");
		else
			buf_addc(out, *text);
	}
}

static void write_lines(struct buf *out, const char *text, size_t indent)
{
	size_t column = indent;

	while (*text) {
		size_t size = strspn(text, " ");
		size_t columns = 0;

		size += strcspn(text + size, " ");
		columns = utf8_count(text, size);
		if (column + columns > MAX_WIDTH && column > indent) {
			buf_addc(out, '\n');
			buf_repeat(out, ' ', indent);
			column = indent;
			text += strspn(text, " ");
			continue;
		}
		if (column + columns > MAX_WIDTH)
			size = cut(text, MAX_WIDTH - column);
		buf_addn(out, text, size);
		column += utf8_count(text, size);
		text += size;
	}
}

void wrap_write(struct buf *out, const char *lead, const char *text)
{
	struct buf harmless = { 0 };

	add_harmless(&harmless, text);
	buf_add(out, lead);
	write_lines(out, buf_text(&harmless), strlen(lead));
	buf_addc(out, '\n');
	buf_release(&harmless);
}
