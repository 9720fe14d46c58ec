#include <string.h>

#include "model/rule.h"
#include "reports/json.h"
#include "reports/reports.h"
#include "reports/worst.h"

/* What one request of GitHub's Checks API may hold. */
#define MAX_ANNOTATIONS 50

/*
 * An array of request bodies: the first creates a check run, once the caller has added `head_sha`;
 * each other one updates it, which adds its annotations to those that are there.
 */

static const char *annotation_level(enum level level)
{
	return level == LEVEL_ERROR ? "failure" : level_name(level);
}

static void add_annotation(cJSON *annotations, const struct finding *finding)
{
	const struct span *span = &finding->span;
	cJSON *annotation = json_object(annotations, NULL);

	json_string(annotation, "path", finding->path);
	json_number(annotation, "start_line", span->line ? span->line : 1);
	json_number(annotation, "end_line", span->line ? span->end_line : 1);
	if (span->column && span->line == span->end_line) {
		json_number(annotation, "start_column", span->column);
		json_number(annotation, "end_column", span->end_column);
	}
	json_string(annotation, "annotation_level", annotation_level(finding->level));
	json_shown(annotation, "title", finding->rule->title);
	json_shown(annotation, "message", finding->message);
	if (finding->help)
		json_shown(annotation, "raw_details", finding->help);
}

static const char *title(const struct report *report, struct arena *arena)
{
	const struct summary *summary = &report->summary;

	if (report_is_unknown(report))
		return "not judged to the end";
	return arena_printf(arena, "%s, %s, %s", plural(arena, summary->errors, "error"),
			    plural(arena, summary->warnings, "warning"),
			    plural(arena, summary->notices, "notice"));
}

static const char *sentence(const struct report *report, struct arena *arena)
{
	const struct summary *summary = &report->summary;

	return arena_printf(arena, "%s and %s; %zu inherited, %zu waived; policy: %s",
			    plural(arena, summary->dockerfiles, "Dockerfile"),
			    plural(arena, summary->builds, "build"), summary->inherited,
			    summary->waived, report->policy);
}

/* The output of a body, with the array of its annotations. */
static cJSON *add_output(cJSON *body, const struct report *report)
{
	struct arena scratch = { 0 };
	cJSON *output = json_object(body, "output");

	json_string(output, "title", title(report, &scratch));
	json_shown(output, "summary", sentence(report, &scratch));
	arena_release(&scratch);
	return json_array(output, "annotations");
}

static cJSON *add_first(cJSON *bodies, const struct report *report)
{
	cJSON *body = json_object(bodies, NULL);
	bool passes = strcmp(report->verdict, "pass") == 0;

	json_string(body, "name", "onedockerfile");
	json_string(body, "status", "completed");
	json_string(body, "conclusion", passes ? "success" : "failure");
	return add_output(body, report);
}

static void write_github_checks(struct buf *out, const struct report *report)
{
	struct arena scratch = { 0 };
	struct worst worst = report_worst(report, &scratch);
	OWNED(cJSON) *bodies = json_root_array();
	cJSON *annotations = add_first(bodies, report);

	for (size_t i = 0; i < worst.count; i++) {
		if (i > 0 && i % MAX_ANNOTATIONS == 0)
			annotations = add_output(json_object(bodies, NULL), report);
		add_annotation(annotations, worst.items[i]);
	}
	json_print(out, bodies);
	arena_release(&scratch);
}

const struct format format_github_checks = {
	.name = "github-checks",
	.summary = "bodies of requests to GitHub's Checks API, 50 annotations each",
	.write = write_github_checks,
};
