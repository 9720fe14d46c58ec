#include <string.h>

#include "base/utf8.h"
#include "model/rule.h"
#include "reports/json.h"
#include "reports/reports.h"
#include "reports/worst.h"

static const char *severity(enum level level)
{
	return level == LEVEL_ERROR ? "ERROR" : level == LEVEL_WARNING ? "WARNING" : "INFO";
}

/* Where the code point of a column (from 1) begins, in bytes from 1. */
static size_t byte_of(const char *line, unsigned column)
{
	size_t length = strlen(line), at = 0;
	unsigned codepoint = 0;

	while (--column > 0 && at < length)
		at += utf8_decode(&codepoint, line + at, length - at);
	return at + 1;
}

static void add_position(cJSON *range, const char *key, unsigned line, size_t column)
{
	cJSON *position = json_object(range, key);

	json_number(position, "line", line);
	if (column)
		json_number(position, "column", column);
}

/* Columns are bytes of UTF-8, and the end is the one behind the last (reviewdog.proto): they need
 * the text of the line, and are left out where that is not at hand. */
static void add_location(cJSON *diagnostic, const struct finding *finding)
{
	const struct span *span = &finding->span;
	const char *line = finding->excerpt;
	cJSON *location = json_object(diagnostic, "location"), *range = NULL;

	json_string(location, "path", finding->path);
	range = json_object(location, "range");
	if (!line || !span->column || span->line != span->end_line) {
		add_position(range, "start", span->line ? span->line : 1, 0);
		return;
	}
	add_position(range, "start", span->line, byte_of(line, span->column));
	add_position(range, "end", span->line, byte_of(line, span->end_column + 1));
}

static void write_rdjson(struct buf *out, const struct report *report)
{
	struct arena scratch = { 0 };
	struct worst worst = report_worst(report, &scratch);
	OWNED(cJSON) *root = json_root();
	cJSON *diagnostics = NULL;

	json_string(json_object(root, "source"), "name", "onedockerfile");
	diagnostics = json_array(root, "diagnostics");
	vec_each (const struct finding *const *, finding, &worst) {
		cJSON *diagnostic = json_object(diagnostics, NULL);

		json_shown(diagnostic, "message", (*finding)->message);
		add_location(diagnostic, *finding);
		json_string(diagnostic, "severity", severity((*finding)->level));
		json_string(json_object(diagnostic, "code"), "value", (*finding)->rule->id);
	}
	json_print(out, root);
	arena_release(&scratch);
}

const struct format format_rdjson = {
	.name = "rdjson",
	.summary = "reviewdog's JSON",
	.write = write_rdjson,
};
