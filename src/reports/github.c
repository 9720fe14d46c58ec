#include <string.h>

#include "base/utf8.h"
#include "model/rule.h"
#include "reports/reports.h"

#define MAX_ANNOTATIONS 10 /* of each level a step: GitHub shows no more */

static bool is_escaped(char character, bool property)
{
	return character == '%' || character == '\r' || character == '\n' ||
	       (property && (character == ':' || character == ','));
}

/* As @actions/core escapes: '%' first, so that nothing is unescaped twice. */
static void add_escaped(struct buf *out, const char *text, bool property)
{
	for (const char *at = text; *at; at++) {
		if (is_escaped(*at, property))
			buf_addf(out, "%%%02X", (unsigned char)*at);
		else
			buf_addc(out, *at);
	}
}

static void add_text(struct buf *out, const char *text, bool property)
{
	struct arena scratch = { 0 };

	add_escaped(out, utf8_clean(&scratch, text, false), property);
	arena_release(&scratch);
}

/* The file as the runner has to find it: only what would move a cursor is shown otherwise. */
static void add_path(struct buf *out, const char *path)
{
	size_t length = strlen(path);
	unsigned codepoint = 0;

	for (size_t at = 0, size = 0; at < length; at += size) {
		struct arena scratch = { 0 };
		const char *one = NULL;

		size = utf8_decode(&codepoint, path + at, length - at);
		one = arena_copy(&scratch, path + at, size);
		if (utf8_starts_command(path + at, false))
			one = arena_printf(&scratch, "\\x%02x", (unsigned char)path[at]);
		else if (codepoint != '\r' && codepoint != '\n')
			one = utf8_clean(&scratch, one, false);
		add_escaped(out, one, true);
		arena_release(&scratch);
	}
}

static void add_position(struct buf *out, const struct span *span)
{
	if (!span->line)
		return;
	buf_addf(out, ",line=%u,endLine=%u", span->line, span->end_line);
	if (span->column && span->line == span->end_line)
		buf_addf(out, ",col=%u,endColumn=%u", span->column, span->end_column);
}

static void write_finding(struct buf *out, const struct finding *finding)
{
	buf_addf(out, "::%s title=", level_name(finding->level));
	add_text(out, finding->rule->title, true);
	buf_add(out, ",file=");
	add_path(out, finding->path);
	add_position(out, &finding->span);
	buf_add(out, "::");
	add_text(out, finding->message, false);
	buf_addf(out, " [%s]", finding->rule->id);
	if (finding->help) {
		buf_add(out, "%0A");
		add_text(out, finding->help, false);
	}
	buf_addc(out, '\n');
}

/* The last one that is shown of a level says how many more there are. */
static void write_rest(struct buf *out, enum level level, size_t rest)
{
	if (rest > 0)
		buf_addf(out,
			 "::%s title=onedockerfile::%zu more %ss; the report in another format "
			 "lists them all\n",
			 level_name(level), rest, level_name(level));
}

static void write_level(struct buf *out, const struct report *report, enum level level)
{
	size_t total = 0, written = 0;

	vec_each (const struct finding *, finding, &report->findings)
		total += finding->level == level && finding->status == FINDING_NEW;
	vec_each (const struct finding *, finding, &report->findings) {
		if (finding->level != level || finding->status != FINDING_NEW)
			continue;
		if (total > MAX_ANNOTATIONS && written == MAX_ANNOTATIONS - 1)
			break;
		write_finding(out, finding);
		written++;
	}
	write_rest(out, level, total - written);
}

static void write_github(struct buf *out, const struct report *report)
{
	for (enum level level = LEVEL_ERROR; level > LEVEL_OFF; level--)
		write_level(out, report, level);
}

const struct format format_github = {
	.name = "github",
	.summary = "workflow commands: annotations on the changed lines",
	.write = write_github,
};
