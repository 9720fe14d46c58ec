#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "model/rule.h"
#include "reports/reports.h"
#include "reports/worst.h"

#define MAX_ANNOTATIONS 10 /* of each level a step: GitHub shows no more */
#define MAX_FILES_NAMED 3  /* of those that it does not show */

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

/* The files of some findings, as many as a person reads. */
static const char *files_of(struct arena *arena, const struct worst *worst, size_t from)
{
	struct map seen = { 0 };
	const char *list = "";
	size_t named = 0;

	for (size_t i = from; i < worst->count; i++) {
		const char *path = worst->items[i]->path;

		if (map_get(&seen, path))
			continue;
		map_put(&seen, arena, path, &seen);
		if (seen.count > MAX_FILES_NAMED)
			continue;
		list = arena_printf(arena, "%s%s'%s'", list, named++ ? ", " : "", path);
	}
	if (seen.count > named)
		list = arena_printf(arena, "%s and %s", list,
				    plural(arena, seen.count - named, "other file"));
	return list;
}

/* The last one that is shown of a level says how many more there are, and where. */
static void write_rest(struct buf *out, const struct worst *worst, size_t from)
{
	enum level level = worst->items[from]->level;
	struct arena scratch = { 0 };

	buf_addf(out, "::%s title=onedockerfile::", level_name(level));
	add_text(out,
		 arena_printf(&scratch, "%s, in %s; the report in another format lists them all",
			      plural(&scratch, worst->count - from,
				     arena_printf(&scratch, "more %s", level_name(level))),
			      files_of(&scratch, worst, from)),
		 false);
	buf_addc(out, '\n');
	arena_release(&scratch);
}

/* Findings of one level. */
static void write_level(struct buf *out, const struct worst *worst)
{
	bool is_all = worst->count <= MAX_ANNOTATIONS;
	size_t shown = is_all ? worst->count : MAX_ANNOTATIONS - 1;

	for (size_t i = 0; i < shown; i++)
		write_finding(out, worst->items[i]);
	if (!is_all)
		write_rest(out, worst, shown);
}

static void write_github(struct buf *out, const struct report *report)
{
	struct arena scratch = { 0 };
	struct worst worst = report_worst(report, &scratch);

	for (unsigned from = 0, to = 0; from < worst.count; from = to) {
		struct worst level = { .items = worst.items + from };

		while (to < worst.count && worst.items[to]->level == worst.items[from]->level)
			to++;
		level.count = to - from;
		write_level(out, &level);
	}
	arena_release(&scratch);
}

const struct format format_github = {
	.name = "github",
	.summary = "workflow commands: annotations on the changed lines",
	.write = write_github,
};
