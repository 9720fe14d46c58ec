#include "reports/markdown_text.h"

#include <string.h>

#include "base/utf8.h"

/* CommonMark takes a backslash before any ASCII punctuation; these can mean something in a line. */
#define PUNCTUATION "\\`*_{}[]()#+-.!|~:$^=/"

/* What is linked only when all else is read is kept apart from what follows: @name, user@host. */
#define AT "@<!-- -->"

void markdown_text(struct buf *out, const char *text)
{
	struct arena scratch = { 0 };

	for (const char *at = utf8_clean(&scratch, text, false); *at; at++) {
		if (*at == '@')
			buf_add(out, AT);
		else if (*at == '<' || *at == '>' || *at == '&')
			buf_addf(out, "&#%u;", (unsigned char)*at);
		else if (strchr(PUNCTUATION, *at))
			buf_addf(out, "\\%c", *at);
		else
			buf_addc(out, *at);
	}
	arena_release(&scratch);
}

/* The longest row of backticks. */
static size_t ticks_of(const char *text)
{
	size_t longest = 0;

	while (*text) {
		size_t row = strspn(text, "`");

		longest = row > longest ? row : longest;
		text += row ? row : strcspn(text, "`");
	}
	return longest;
}

/* A table ends its cell at a bar in code, too, and only a table takes the backslash away again. */
void markdown_code(struct buf *out, const char *text, bool in_table)
{
	struct arena scratch = { 0 };
	const char *clean = utf8_clean(&scratch, text, false);
	size_t length = strlen(clean), ticks = ticks_of(clean) + 1;
	bool is_padded = length == 0 || strchr("` ", clean[0]) || strchr("` ", clean[length - 1]);

	buf_repeat(out, '`', ticks);
	buf_add(out, is_padded ? " " : "");
	for (const char *at = clean; *at; at++)
		buf_addf(out, in_table && *at == '|' ? "\\%c" : "%c", *at);
	buf_add(out, is_padded ? " " : "");
	buf_repeat(out, '`', ticks);
	arena_release(&scratch);
}
