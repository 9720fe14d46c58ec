#include "base/shell.h"

#include <stdbool.h>
#include <string.h>

static const char plain[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+:,./-";

void shell_quote(struct buf *out, const char *text)
{
	buf_addc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buf_add(out, "'\\''");
		else
			buf_addc(out, *text);
	}
	buf_addc(out, '\'');
}

const char *shell_word(struct arena *arena, const char *text)
{
	struct buf out = { 0 };
	const char *word = text;

	if (*text && !text[strspn(text, plain)])
		return arena_string(arena, text);
	shell_quote(&out, text);
	word = arena_string(arena, out.text);
	buf_release(&out);
	return word;
}

const char *shell_unquote(struct arena *arena, const char *quoted)
{
	struct buf out = { 0 };
	const char *text = NULL;
	bool inside = false;

	for (; *quoted; quoted++) {
		if (*quoted == '\'')
			inside = !inside;
		else if (inside)
			buf_addc(&out, *quoted);
		else if (*quoted == '\\' && quoted[1])
			buf_addc(&out, *++quoted);
		else
			break;
	}
	text = arena_string(arena, buf_text(&out));
	buf_release(&out);
	return text;
}
