#include <stdint.h>
#include <string.h>

#include "base/fail.h"
#include "base/path.h"
#include "readers/readers.h"
#include "reports/reports.h"
#include "rules/rules.h"
#include "tests/support/grammar.h"
#include "tests/support/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const paths[] = { "Dockerfile",     "Dockerfile.dev", "compose.yaml",
				     "sub/Dockerfile", ".env",           "sub/compose.yaml",
				     ".gitattributes", "dev.Dockerfile" };

/* Each part is a file; an empty one is not there, and one that begins with '>' is a link. */
static struct snapshot *snapshot_of(struct arena *arena, struct text rest)
{
	struct snapshot *snapshot = memory_snapshot(arena);

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *part = next_part(arena, &rest);
		bool watched = readers_watch(path_name(paths[i]));

		if (*part == '>')
			memory_link(snapshot, paths[i], part + 1, watched);
		else if (*part)
			memory_file(snapshot, paths[i], part, strlen(part), watched);
	}
	return snapshot;
}

/* A finding stands in a file of the tree, at a place that begins before it ends. */
static void check(const struct finding *finding)
{
	const struct span *span = &finding->span;
	bool is_file = false;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		is_file |= strcmp(finding->path, paths[i]) == 0;
	require(is_file, "a finding has a file");
	require(*finding->message && strlen(finding->fingerprint) == 64, "it says something");
	require(span->line <= span->end_line, "lines");
	require(span->line != span->end_line || span->column <= span->end_column, "columns");
}

/* What is found is told in each format, and nothing in it can harm a log. */
static void tell(const struct project *project, const struct findings *findings)
{
	struct buf out = { 0 };
	struct report report = { .version = "1",
				 .source = "worktree",
				 .policy = "default",
				 .verdict = "fail",
				 .rules = rules,
				 .verbose = true,
				 .findings = *findings,
				 .uncheckeds = project->uncheckeds };

	vec_each (const struct finding *, finding, findings)
		check(finding);
	format_text.write(&out, &report);
	require_harmless((struct text){ buf_text(&out), out.length }, "");
	buf_clear(&out);
	format_json.write(&out, &report);
	require_harmless((struct text){ buf_text(&out), out.length }, "\t");
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct policy policy = { 0 };
	struct project project = { .arena = &arena, .policy = &policy };
	struct findings findings = { 0 };

	failure_clear();
	project.snapshot = snapshot_of(&arena, (struct text){ (const char *)data, size });
	if (policy_default(&policy, &arena, rules) < 0)
		die("the default policy is wrong");
	if (readers_read(&project) < 0 || rules_check(&project, &policy, &arena, &findings) < 0)
		require(failure_status() == 3, "a failure says why");
	else
		tell(&project, &findings);
	arena_release(&arena);
	return 0;
}
