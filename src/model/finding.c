#include "model/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "model/rule.h"

static const char *const level_names[] = {
	[LEVEL_OFF] = "off",
	[LEVEL_NOTICE] = "notice",
	[LEVEL_WARNING] = "warning",
	[LEVEL_ERROR] = "error",
};

const char *level_name(enum level level)
{
	return level_names[level];
}

int findings_too_many(const char *place)
{
	return fail("more than %d findings in one tree: %s", MAX_FINDINGS, place);
}

int level_parse(enum level *level, const char *name)
{
	for (size_t i = 0; i < sizeof(level_names) / sizeof(level_names[0]); i++) {
		if (strcmp(level_names[i], name) == 0) {
			*level = (enum level)i;
			return 0;
		}
	}
	return -1;
}

const char *finding_status_name(enum finding_status status)
{
	static const char *const names[] = {
		[FINDING_NEW] = "new",
		[FINDING_INHERITED] = "inherited",
		[FINDING_WAIVED] = "waived",
	};

	return names[status];
}

static int compare_texts(const char *left, const char *right)
{
	return strcmp(left ? left : "", right ? right : "");
}

static int compare_numbers(unsigned left, unsigned right)
{
	return (left > right) - (left < right);
}

/* Where it stands and what it is: the order of a report. */
static int compare_places(const struct finding *a, const struct finding *b)
{
	int order = compare_texts(a->path, b->path);

	order = order ? order : compare_numbers(a->span.line, b->span.line);
	order = order ? order : compare_numbers(a->span.column, b->span.column);
	return order ? order : strcmp(a->rule->id, b->rule->id);
}

/* All but its text, and what only follows from the rest. */
static int compare_findings(const struct finding *a, const struct finding *b)
{
	int order = compare_places(a, b);

	order = order ? order : compare_numbers(a->span.end_line, b->span.end_line);
	order = order ? order : compare_numbers(a->span.end_column, b->span.end_column);
	order = order ? order : strcmp(a->fingerprint, b->fingerprint);
	order = order ? order : compare_texts(a->commit, b->commit);
	order = order ? order : compare_texts(a->ref, b->ref);
	return order ? order : compare_numbers(a->status, b->status);
}

/* The texts decide last, so that which of equal findings is kept does not depend on the sort. */
static int compare(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = compare_findings(a, b);

	order = order ? order : compare_texts(a->message, b->message);
	return order ? order : compare_texts(a->help, b->help);
}

void findings_sort(struct findings *findings)
{
	unsigned kept = 0;

	vec_sort(findings, compare);
	for (unsigned i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];

		if (kept > 0 && compare_findings(&findings->items[kept - 1], finding) == 0)
			continue;
		findings->items[kept++] = *finding;
	}
	findings->count = kept;
}

struct finding finding_copy(const struct finding *finding, struct arena *arena)
{
	struct finding copy = *finding;
	const char **texts[] = { &copy.path,       &copy.message,    &copy.help,   &copy.subject,
				 &copy.value,      &copy.dockerfile, &copy.stage,  &copy.suggestion,
				 &copy.excerpt,    &copy.line_mark,  &copy.commit, &copy.ref,
				 &copy.repaired_by };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		*texts[i] = arena_string(arena, *texts[i]);
	return copy;
}
