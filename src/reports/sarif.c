#include <ctype.h>
#include <string.h>

#include "base/limits.h"
#include "model/embedded.h"
#include "model/rule.h"
#include "reports/json.h"
#include "reports/reports.h"
#include "reports/worst.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* GitHub refuses a file of more results than this (and shows the first 5,000). */

/* The levels of SARIF 2.1.0 section 3.27.10. */
static const char *level(enum level level)
{
	return level == LEVEL_NOTICE ? "note" : level == LEVEL_OFF ? "none" : level_name(level);
}

/* "Unknown stage" as a name: "UnknownStage" (section 3.49.7). */
static const char *pascal_case(struct arena *arena, const char *title)
{
	char *name = arena_string(arena, title), *to = name;

	for (const char *from = title; *from; from++)
		if (*from != ' ')
			*to++ = from == title || from[-1] == ' '
					? (char)toupper((unsigned char)*from)
					: *from;
	*to = '\0';
	return name;
}

static void add_text(cJSON *object, const char *key, const char *text)
{
	json_shown(json_object(object, key), "text", text);
}

/* A page says in its head line what its name says already. */
static const char *page_of(struct arena *arena, const struct rule *rule)
{
	const char *page = embedded(arena_printf(arena, "rules/%s.md", rule->id));
	const char *body = page ? strstr(page, "\n\n") : NULL;

	return body ? body + 2 : rule->summary;
}

static void add_rule(cJSON *rules, const struct rule *rule)
{
	struct arena scratch = { 0 };
	cJSON *object = json_object(rules, NULL), *help = NULL, *properties = NULL;

	json_string(object, "id", rule->id);
	json_string(object, "name", pascal_case(&scratch, rule->title));
	add_text(object, "shortDescription", arena_printf(&scratch, "%s.", rule->title));
	add_text(object, "fullDescription", arena_printf(&scratch, "%s.", rule->summary));
	help = json_object(object, "help");
	json_string(help, "text", page_of(&scratch, rule));
	json_string(help, "markdown", page_of(&scratch, rule));
	json_string(json_object(object, "defaultConfiguration"), "level", level(rule->level));
	properties = json_object(object, "properties");
	json_text(json_array(properties, "tags"), "docker");
	json_string(properties, "precision", "very-high");
	json_string(properties, "problem.severity",
		    rule->level == LEVEL_NOTICE ? "recommendation" : level_name(rule->level));
	arena_release(&scratch);
}

static void add_tool(cJSON *run, const struct report *report)
{
	cJSON *driver = json_object(json_object(run, "tool"), "driver"), *rules = NULL;

	json_string(driver, "name", "onedockerfile");
	json_string(driver, "semanticVersion", report->version);
	rules = json_array(driver, "rules");
	for (const struct rule *const *rule = report->rules; *rule; rule++)
		add_rule(rules, *rule);
}

/* Bytes of a path as a relative reference of RFC 3986. */
static const char *uri(struct arena *arena, const char *path)
{
	struct buf out = { 0 };
	const char *copy = NULL;

	for (; *path; path++) {
		if (isalnum((unsigned char)*path) || strchr("-._~/", *path))
			buf_addc(&out, *path);
		else
			buf_addf(&out, "%%%02X", (unsigned char)*path);
	}
	copy = arena_string(arena, buf_text(&out));
	buf_release(&out);
	return copy;
}

/* The end is the column behind the last one. */
static void add_region(cJSON *location, const struct span *span)
{
	cJSON *region = json_object(location, "region");

	json_number(region, "startLine", span->line ? span->line : 1);
	json_number(region, "startColumn", span->column ? span->column : 1);
	json_number(region, "endLine", span->line ? span->end_line : 1);
	json_number(region, "endColumn", span->column ? span->end_column + 1 : 2);
}

static void add_location(cJSON *result, const struct finding *finding)
{
	struct arena scratch = { 0 };
	cJSON *location = json_object(json_array(result, "locations"), NULL), *artifact = NULL;

	location = json_object(location, "physicalLocation");
	artifact = json_object(location, "artifactLocation");
	json_string(artifact, "uri", uri(&scratch, finding->path));
	json_string(artifact, "uriBaseId", "%SRCROOT%");
	add_region(location, &finding->span);
	arena_release(&scratch);
}

static void add_fingerprints(cJSON *result, const struct finding *finding)
{
	cJSON *fingerprints = json_object(result, "partialFingerprints");

	if (finding->line_mark)
		json_string(fingerprints, "primaryLocationLineHash", finding->line_mark);
	json_string(fingerprints, "onedockerfile/v1", finding->fingerprint);
}

static size_t index_of(const struct report *report, const struct rule *rule)
{
	size_t index = 0;

	while (report->rules[index] != rule)
		index++;
	return index;
}

static void add_result(cJSON *results, const struct report *report, const struct finding *finding)
{
	struct arena scratch = { 0 };
	cJSON *result = json_object(results, NULL);
	const char *message = finding->message;

	if (finding->help)
		message = arena_printf(&scratch, "%s; %s", message, finding->help);
	json_string(result, "ruleId", finding->rule->id);
	json_number(result, "ruleIndex", index_of(report, finding->rule));
	json_string(result, "level", level(finding->level));
	add_text(result, "message", arena_printf(&scratch, "%s.", message));
	add_location(result, finding);
	add_fingerprints(result, finding);
	arena_release(&scratch);
}

static void add_results(cJSON *run, const struct report *report)
{
	struct arena scratch = { 0 };
	struct worst worst = report_worst(report, &scratch);
	cJSON *results = json_array(run, "results");

	vec_each (const struct finding *const *, finding, &worst) {
		if (finding - worst.items == MAX_RESULTS)
			break;
		add_result(results, report, *finding);
	}
	arena_release(&scratch);
}

/* How the run ended: what a report that leaves something out has to say. */
static void add_invocation(cJSON *run, const struct report *report)
{
	const struct summary *summary = &report->summary;
	cJSON *invocation = json_object(json_array(run, "invocations"), NULL);
	size_t all = summary->errors + summary->warnings + summary->notices;
	struct arena scratch = { 0 };

	json_bool(invocation, "executionSuccessful", !report_is_unknown(report));
	if (all > MAX_RESULTS) {
		cJSON *notice =
			json_object(json_array(invocation, "toolExecutionNotifications"), NULL);

		json_string(notice, "level", "warning");
		add_text(notice, "message",
			 arena_printf(&scratch, "%zu more findings are left out.",
				      all - MAX_RESULTS));
	}
	arena_release(&scratch);
}

static void write_sarif(struct buf *out, const struct report *report)
{
	OWNED(cJSON) *root = json_root();
	cJSON *run = NULL, *base = NULL;

	json_string(root, "$schema", SCHEMA);
	json_string(root, "version", "2.1.0");
	run = json_object(json_array(root, "runs"), NULL);
	add_tool(run, report);
	add_invocation(run, report);
	base = json_object(json_object(run, "originalUriBaseIds"), "%SRCROOT%");
	add_text(base, "description", "The root of the repository.");
	json_string(json_object(run, "automationDetails"), "id", "onedockerfile/");
	json_string(run, "columnKind", "unicodeCodePoints");
	add_results(run, report);
	json_print(out, root);
}

const struct format format_sarif = {
	.name = "sarif",
	.summary = "SARIF 2.1.0, as GitHub's code scanning reads it",
	.needs = NEEDS_LINE_MARKS,
	.write = write_sarif,
};
