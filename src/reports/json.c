#include "reports/json.h"

#include <string.h>

#include "base/utf8.h"
#include "model/rule.h"
#include "reports/reports.h"

#define REPORT_VERSION 1

static void add_tool(cJSON *root, const struct report *report)
{
	cJSON *tool = json_object(root, "tool");

	json_string(tool, "name", "onedockerfile");
	json_string(tool, "version", report->version);
}

static void add_summary(cJSON *root, const struct summary *summary)
{
	cJSON *object = json_object(root, "summary");

	json_number(object, "commits", summary->commits);
	json_number(object, "dockerfiles", summary->dockerfiles);
	json_number(object, "builds", summary->builds);
	json_number(object, "errors", summary->errors);
	json_number(object, "warnings", summary->warnings);
	json_number(object, "notices", summary->notices);
	json_number(object, "inherited", summary->inherited);
	json_number(object, "waived", summary->waived);
}

/* The bytes of a path that is no UTF-8, as hex digits. */
static void add_path_bytes(cJSON *object, const char *path)
{
	struct buf hex = { 0 };

	if (utf8_is_valid(path, strlen(path))) {
		json_null(object, "path_bytes");
		return;
	}
	for (const char *byte = path; *byte; byte++)
		buf_addf(&hex, "%02x", (unsigned char)*byte);
	json_string(object, "path_bytes", hex.text);
	buf_release(&hex);
}

static void add_place(cJSON *object, const struct finding *finding)
{
	json_string(object, "path", finding->path);
	add_path_bytes(object, finding->path);
	json_position(object, "start_line", finding->span.line);
	json_position(object, "end_line", finding->span.end_line);
	json_position(object, "start_column", finding->span.column);
	json_position(object, "end_column", finding->span.end_column);
}

static void add_finding(cJSON *findings, const struct finding *finding)
{
	cJSON *object = json_object(findings, NULL);

	json_string(object, "rule", finding->rule->id);
	json_string(object, "level", level_name(finding->level));
	json_string(object, "status", finding_status_name(finding->status));
	json_string(object, "commit", finding->commit);
	json_string(object, "ref", finding->ref);
	json_string(object, "repaired_by", finding->repaired_by);
	add_place(object, finding);
	json_string(object, "title", finding->rule->title);
	json_string(object, "message", finding->message);
	json_string(object, "help", finding->help);
	json_string(object, "subject", finding->subject);
	json_string(object, "dockerfile", finding->dockerfile);
	json_string(object, "stage", finding->stage);
	json_string(object, "suggestion", finding->suggestion);
	json_string(object, "fingerprint", finding->fingerprint);
}

static void add_unchecked(cJSON *uncheckeds, const struct unchecked *unchecked)
{
	cJSON *object = json_object(uncheckeds, NULL);

	json_string(object, "path", unchecked->path);
	json_position(object, "line", unchecked->line);
	json_string(object, "reason", unchecked->reason);
}

static void write_json(struct buf *out, const struct report *report)
{
	OWNED(cJSON) *root = json_root();
	cJSON *array = NULL;

	json_number(root, "version", REPORT_VERSION);
	add_tool(root, report);
	json_string(root, "source", report->source);
	json_string(root, "policy", report->policy);
	json_string(root, "verdict", report->verdict);
	add_summary(root, &report->summary);
	array = json_array(root, "findings");
	vec_each (const struct finding *, finding, &report->findings)
		add_finding(array, finding);
	array = json_array(root, "unchecked");
	vec_each (const struct unchecked *, unchecked, &report->uncheckeds)
		add_unchecked(array, unchecked);
	json_print(out, root);
}

const struct format format_json = {
	.name = "json",
	.summary = "one JSON object, for other programs",
	.write = write_json,
};
