#include "reports/excerpt.h"

#include <string.h>

#include "base/utf8.h"

#define MAX_COLUMNS 62 /* of the line shown; with number and bar it stays below 72 */
#define TAB_STOP 8

/* A line as it is shown: each of its code points cleaned, and where the place came to lie. */
struct shown {
	struct buf text;
	size_t columns;
	size_t first, last; /* columns of the place in it, from 0; first == last: none */
};

/* How a code point is shown by itself. */
static void add_cleaned(struct shown *shown, const char *bytes, size_t size, bool ascii)
{
	struct arena scratch = { 0 };
	const char *one = arena_copy(&scratch, bytes, size);
	size_t before = shown->text.length;

	if (utf8_starts_command(bytes, false))
		buf_addf(&shown->text, "\\x%02x", (unsigned char)*bytes);
	else if (*one == '\t')
		buf_repeat(&shown->text, ' ', TAB_STOP - shown->columns % TAB_STOP);
	else
		buf_add(&shown->text, utf8_clean(&scratch, one, ascii));
	shown->columns += utf8_count(shown->text.text + before, shown->text.length - before);
	arena_release(&scratch);
}

static void show(struct shown *shown, const char *line, const struct span *span, bool ascii)
{
	size_t length = strlen(line);
	unsigned codepoint = 0, column = 1;

	buf_add(&shown->text, "");
	for (size_t at = 0, size = 0; at < length; at += size, column++) {
		size = utf8_decode(&codepoint, line + at, length - at);
		if (column == span->column)
			shown->first = shown->columns;
		add_cleaned(shown, line + at, size, ascii);
		if (span->column && column >= span->column && column <= span->end_column)
			shown->last = shown->columns;
	}
}

static size_t offset_of(const char *text, size_t column)
{
	unsigned codepoint = 0;
	size_t at = 0;

	while (column-- > 0 && text[at])
		at += utf8_decode(&codepoint, text + at, strlen(text + at));
	return at;
}

/* Keep the columns around the place; what is left out is shown as "...". */
static void crop(struct shown *shown)
{
	size_t start = 0, from = 0, to = 0;
	struct buf kept = { 0 };

	if (shown->columns <= MAX_COLUMNS)
		return;
	if (shown->first > MAX_COLUMNS / 2)
		start = shown->first - MAX_COLUMNS / 4;
	from = offset_of(shown->text.text, start);
	to = from + offset_of(shown->text.text + from, MAX_COLUMNS - 6);
	buf_add(&kept, start ? "..." : "");
	buf_addn(&kept, shown->text.text + from, to - from);
	buf_add(&kept, to < shown->text.length ? "..." : "");
	shown->first = shown->first - start + (start ? 3 : 0);
	shown->last = shown->last > start ? shown->last - start + (start ? 3 : 0) : 0;
	if (shown->last > MAX_COLUMNS)
		shown->last = MAX_COLUMNS;
	buf_release(&shown->text);
	shown->text = kept;
}

void excerpt_write(struct buf *out, const struct finding *finding, const struct report *report)
{
	struct shown shown = { 0 };
	const struct span *span = &finding->span;
	struct span on_line = *span;

	if (!finding->excerpt || !span->line || !*finding->excerpt)
		return;
	if (span->end_line > span->line)
		on_line.end_column = (unsigned)-1;
	show(&shown, finding->excerpt, &on_line, report->is_push);
	crop(&shown);
	buf_addf(out, "%5u | %s\n", span->line, shown.text.text);
	if (shown.last > shown.first) {
		buf_add(out, "      | ");
		buf_repeat(out, ' ', shown.first);
		buf_add(out, report->colour ? "\033[1;32m" : "");
		buf_repeat(out, '^', shown.last - shown.first);
		buf_add(out, report->colour ? "\033[0m\n" : "\n");
	}
	buf_release(&shown.text);
}
