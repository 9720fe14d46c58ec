#include "base/map.h"
#include "model/rule.h"
#include "reports/json.h"
#include "reports/reports.h"
#include "reports/worst.h"

/* The severities of Code Quality; it has "critical" and "blocker", too. */
static const char *severity(enum level level)
{
	return level == LEVEL_ERROR ? "major" : level == LEVEL_WARNING ? "minor" : "info";
}

/* GitLab shows one of several with the same fingerprint, so those behind the first have a number
 * added. */
static const char *fingerprint(struct arena *arena, struct map *seen, const struct finding *finding)
{
	struct count {
		size_t count;
	} *count = map_get(seen, finding->fingerprint);

	if (!count) {
		count = arena_new(arena, struct count);
		map_put(seen, arena, finding->fingerprint, count);
	}
	if (++count->count == 1)
		return finding->fingerprint;
	return arena_printf(arena, "%s-%zu", finding->fingerprint, count->count);
}

static void add_location(cJSON *issue, const struct finding *finding)
{
	cJSON *location = json_object(issue, "location");

	json_string(location, "path", finding->path);
	json_number(json_object(location, "lines"), "begin",
		    finding->span.line ? finding->span.line : 1);
}

static void write_gitlab(struct buf *out, const struct report *report)
{
	struct arena scratch = { 0 };
	struct worst worst = report_worst(report, &scratch);
	OWNED(cJSON) *root = json_root_array();
	struct map seen = { 0 };

	vec_each (const struct finding *const *, finding, &worst) {
		cJSON *issue = json_object(root, NULL);

		json_shown(issue, "description", (*finding)->message);
		json_string(issue, "check_name", (*finding)->rule->id);
		json_string(issue, "fingerprint", fingerprint(&scratch, &seen, *finding));
		json_string(issue, "severity", severity((*finding)->level));
		add_location(issue, *finding);
	}
	json_print(out, root);
	arena_release(&scratch);
}

const struct format format_gitlab = {
	.name = "gitlab",
	.summary = "GitLab's Code Quality report",
	.write = write_gitlab,
};
