#include "tests/support/told.h"

#include <string.h>

#include "base/utf8.h"
#include "model/rule.h"
#include "tests/support/grammar.h"

#define MAX_FINDINGS 12 /* more than GitHub shows of a level */

static const struct rule rule = {
	.id = "a-rule", .title = "A rule", .summary = "something is not there", .level = LEVEL_ERROR
};
static const struct rule *const rules[] = { &rule, NULL };

/* A place inside of the excerpt. */
static struct span span_of(const char *excerpt, const char *path)
{
	unsigned columns = (unsigned)utf8_count(excerpt, strlen(excerpt));
	unsigned column = columns ? 1 + (unsigned)strlen(path) % columns : 0;

	return (struct span){ 7, column, 7, column ? column + (columns - column) / 2 : 0 };
}

static void add_finding(struct report *report, struct arena *arena, struct text *rest)
{
	struct finding *finding = vec_add(arena, &report->findings);

	finding->rule = &rule;
	finding->path = next_part(arena, rest);
	finding->level = strlen(finding->path) % 5 == 4 ? LEVEL_NOTICE : LEVEL_ERROR;
	finding->message = next_part(arena, rest);
	finding->help = next_part(arena, rest);
	finding->subject = finding->help;
	finding->dockerfile = finding->path;
	finding->excerpt = next_part(arena, rest);
	finding->ref = finding->excerpt;
	if (*finding->excerpt)
		finding->span = span_of(finding->excerpt, finding->path);
	finding->help = *finding->help ? finding->help : NULL;
	memset(finding->fingerprint, 'f', 64);
}

void told(struct report *report, struct arena *arena, struct text rest)
{
	*report = (struct report){
		.version = "1", .source = "push", .verdict = "fail", .rules = rules
	};
	report->note = next_part(arena, &rest);
	report->policy = report->note;
	while (rest.length > 0 && report->findings.count < MAX_FINDINGS)
		add_finding(report, arena, &rest);
	report->summary.errors = report->findings.count;
	*vec_add(arena, &report->uncheckeds) =
		(struct unchecked){ .path = report->note, .line = 1, .reason = report->note };
}
