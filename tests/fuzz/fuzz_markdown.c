#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "reports/markdown_text.h"
#include "tests/support/grammar.h"

#define COMMENT "<!-- -->"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a reader of Markdown makes of text in which all that could mean something is escaped. */
static void unescape(struct buf *out, const char *text)
{
	while (*text) {
		char *end = (char *)(uintptr_t)text + 1;

		require(*text == '\\' || !strchr("`*_{}[]()#+-.!|~:$^=/>", *text), "plain text");
		if (*text == '\\') {
			buf_addc(out, text[1]);
			end++;
		} else if (strncmp(text, COMMENT, strlen(COMMENT)) == 0) {
			end = (char *)(uintptr_t)text + strlen(COMMENT);
		} else if (strncmp(text, "&#", 2) == 0) {
			buf_addc(out, (char)strtoul(text + 2, &end, 10));
			require(*end++ == ';', "an entity has an end");
		} else {
			require(*text != '<' && *text != '&', "no markup");
			require(*text != '@' || text[1] == '<', "no mention");
			buf_addc(out, *text);
		}
		text = end;
	}
}

/* Between rows of as many backticks as nowhere inside. */
static void check_code(const char *clean, struct buf *out, bool in_table)
{
	size_t ticks = strspn(out->text, "`"), inside = out->length - 2 * ticks;
	const char *at = out->text + ticks;

	require(strlen(clean) <= inside, "all of it");
	require(strspn(at + inside, "`") == ticks, "as many at both ends");
	require(inside == 0 || at[inside - 1] != '`', "nothing of it is at its end");
	for (const char *row = at; row < at + inside; row++) {
		require(strspn(row, "`") != ticks || row[-1] == '`', "no end inside");
		require(!in_table || *row != '|' || row[-1] == '\\', "no bar in a table");
		row += strspn(row, "`") > 0 ? strspn(row, "`") - 1 : 0;
	}
}

/* Text, and code in a table and elsewhere. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	const char *text = arena_copy(&arena, (const char *)data, size);
	const char *clean = utf8_clean(&arena, text, false);
	struct buf out = { 0 }, read = { 0 };

	markdown_text(&out, text);
	require_harmless((struct text){ buf_text(&out), out.length }, "");
	unescape(&read, buf_text(&out));
	require_same(buf_text(&read), clean);
	for (int in_table = 0; in_table < 2; in_table++) {
		buf_clear(&out);
		markdown_code(&out, text, in_table);
		require_harmless((struct text){ buf_text(&out), out.length }, "");
		check_code(clean, &out, in_table);
	}
	buf_release(&out);
	buf_release(&read);
	arena_release(&arena);
	return 0;
}
