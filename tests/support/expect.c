#include "tests/support/expect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/fail.h"
#include "base/path.h"
#include "readers/readers.h"
#include "rules/rules.h"
#include "tests/support/memory.h"

static struct snapshot *snapshot_of(struct arena *arena, va_list files)
{
	struct snapshot *snapshot = memory_snapshot(arena);
	const char *path = NULL;

	while ((path = va_arg(files, const char *))) {
		const char *text = va_arg(files, const char *);
		bool watched = readers_watch(path_name(path));

		if (strncmp(text, "-> ", 3) == 0)
			memory_link(snapshot, path, text + 3, watched);
		else
			memory_file(snapshot, path, text, strlen(text), watched);
	}
	return snapshot;
}

static void write_findings(struct buf *out, const struct findings *findings)
{
	vec_each (const struct finding *, finding, findings) {
		buf_addf(out, "%s:%u", finding->path, finding->span.line);
		if (finding->span.column)
			buf_addf(out, ":%u", finding->span.column);
		buf_addf(out, ": %s: %s [%s]\n", level_name(finding->level), finding->message,
			 finding->rule->id);
	}
}

static const char *or_none(const char *text)
{
	return text ? text : "-";
}

static void write_details(struct buf *out, const struct findings *findings)
{
	vec_each (const struct finding *, finding, findings)
		buf_addf(out, "%s: %s, %s, %s, %s, %s: %s\n", finding->rule->id,
			 or_none(finding->subject), or_none(finding->value),
			 or_none(finding->dockerfile), or_none(finding->stage),
			 or_none(finding->suggestion), or_none(finding->help));
}

typedef void writer(struct buf *out, const struct findings *findings);

static void expect(const char *policy_text, writer *write, const char *expected, va_list files)
{
	struct arena arena = { 0 };
	struct policy policy = { 0 };
	struct project project = { .arena = &arena, .policy = &policy };
	struct findings findings = { 0 };
	struct text text = { policy_text, policy_text ? strlen(policy_text) : 0 };
	struct buf out = { 0 };

	failure_clear();
	project.snapshot = snapshot_of(&arena, files);
	if (policy_default(&policy, &arena, rules) < 0 ||
	    (policy_text && policy_read(&policy, &arena, text, "policy", rules) < 0) ||
	    readers_read(&project) < 0 || rules_check(&project, &policy, &arena, &findings) < 0)
		assert_string_equal(failure_message(), "");
	write(&out, &findings);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

void expect_report(const char *expected, ...)
{
	va_list files;

	va_start(files, expected);
	expect(NULL, write_findings, expected, files);
	va_end(files);
}

void expect_details(const char *expected, ...)
{
	va_list files;

	va_start(files, expected);
	expect(NULL, write_details, expected, files);
	va_end(files);
}

void expect_report_under(const char *policy, const char *expected, ...)
{
	va_list files;

	va_start(files, expected);
	expect(policy, write_findings, expected, files);
	va_end(files);
}
