#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "model/rule.h"
#include "reports/excerpt.h"
#include "reports/reports.h"
#include "reports/wrap.h"

#define SHORT_ID 12 /* digits of a commit that people see */

/* A report being written as text. */
struct page {
	struct buf *out;
	const struct report *report;
	struct arena scratch;
};

static const char *clean(struct page *page, const char *text)
{
	return utf8_clean(&page->scratch, text, page->report->is_push);
}

static const char *colour(const struct page *page, const char *code)
{
	return page->report->colour ? code : "";
}

static const char *level_colour(const struct page *page, enum level level)
{
	return colour(page, level == LEVEL_ERROR     ? "\033[1;31m"
			    : level == LEVEL_WARNING ? "\033[1;33m"
						     : "\033[1;36m");
}

/* "path:line:column:", as far as there are any. Cleaned as one: a path may be ':'. */
static const char *place(struct page *page, const char *path, unsigned line, unsigned column)
{
	struct arena *arena = &page->scratch;

	if (line)
		path = arena_printf(arena, "%s:%u", path, line);
	if (column)
		path = arena_printf(arena, "%s:%u", path, column);
	return clean(page, arena_printf(arena, "%s:", path));
}

static void write_head(struct page *page, const struct finding *finding)
{
	struct buf *out = page->out;
	const struct span *span = &finding->span;
	const char *reset = colour(page, "\033[0m");

	buf_addf(out, "%s%s", colour(page, "\033[1m"),
		 place(page, finding->path, span->line, span->column));
	buf_addf(out, "%s %s%s:%s %s [%s]%s\n", reset, level_colour(page, finding->level),
		 level_name(finding->level), reset, clean(page, finding->message),
		 finding->rule->id,
		 finding->status == FINDING_NEW
			 ? ""
			 : arena_printf(&page->scratch, " (%s)",
					finding_status_name(finding->status)));
}

/* Why it is let be, by whom and for how long. */
static void write_waiver(struct page *page, const struct policy_waiver *waiver)
{
	struct arena *arena = &page->scratch;
	const char *text = arena_printf(arena, "waived: %s", waiver->reason);

	if (waiver->owner)
		text = arena_printf(arena, "%s, owned by '%s'", text, waiver->owner);
	if (waiver->expires)
		text = arena_printf(arena, "%s, until %s", text, waiver->expires);
	wrap_write(page->out, "  note: ", clean(page, text));
}

static void write_finding(struct page *page, const struct finding *finding)
{
	write_head(page, finding);
	if (page->report->brief)
		return;
	excerpt_write(page->out, finding, page->report);
	if (finding->help)
		wrap_write(page->out, "  help: ", clean(page, finding->help));
	if (finding->waiver)
		write_waiver(page, finding->waiver);
	if (finding->repaired_by)
		buf_addf(page->out, "  note: commit %.*s repairs it, but this one still has it\n",
			 SHORT_ID, finding->repaired_by);
	buf_addc(page->out, '\n');
}

static const char *counts(struct page *page)
{
	const struct summary *summary = &page->report->summary;
	struct arena *arena = &page->scratch;
	const char *text = plural(arena, summary->errors, "error");

	if (summary->warnings)
		text = arena_printf(arena, "%s, %s", text,
				    plural(arena, summary->warnings, "warning"));
	if (summary->notices)
		text = arena_printf(arena, "%s, %s", text,
				    plural(arena, summary->notices, "notice"));
	return text;
}

/* Over a push: which refs, before anything else, since that is what the pusher asked for. */
static void write_refused(struct page *page)
{
	const struct report *report = page->report;
	const char *ref = NULL;
	bool fails = strcmp(report->verdict, "fail") == 0;

	wrap_write(page->out, fails ? "refused by onedockerfile: " : "onedockerfile: ",
		   arena_printf(&page->scratch, "%s in %s", counts(page),
				plural(&page->scratch, report->summary.commits, "new commit")));
	vec_each (const struct finding *, finding, &report->findings) {
		if (!finding->ref || (ref && strcmp(ref, finding->ref) == 0))
			continue;
		ref = finding->ref;
		wrap_write(page->out, "  ", clean(page, ref));
	}
	buf_addc(page->out, '\n');
}

/* Whose findings follow, where there is more than one tree. */
static void write_commit(struct page *page, const struct finding *finding)
{
	if (!finding->commit)
		return;
	buf_addf(page->out, "%scommit %.*s%s\n", colour(page, "\033[33m"), SHORT_ID,
		 finding->commit, colour(page, "\033[0m"));
}

static bool is_of_range(const struct report *report)
{
	return report->is_push || strcmp(report->source, "range") == 0 ||
	       strcmp(report->source, "push") == 0;
}

static void write_findings(struct page *page)
{
	const struct report *report = page->report;
	const char *commit = NULL;
	size_t printed = 0;

	vec_each (const struct finding *, finding, &report->findings) {
		if (printed++ == MAX_PRINTED)
			break;
		if (is_of_range(report) && !report->brief && commit != finding->commit)
			write_commit(page, finding);
		commit = finding->commit;
		write_finding(page, finding);
	}
	if (report->findings.count > MAX_PRINTED)
		buf_addf(page->out, "%u more findings\n", report->findings.count - MAX_PRINTED);
}

static void write_uncheckeds(struct page *page)
{
	const struct report *report = page->report;

	if (report->is_push || report->brief)
		return;
	if (!report->verbose && report->uncheckeds.count > 0)
		buf_addf(page->out, "%s not checked (-v lists them)\n",
			 plural(&page->scratch, report->uncheckeds.count, "place"));
	vec_each (const struct unchecked *, unchecked, &report->uncheckeds) {
		if (!report->verbose)
			break;
		buf_addf(page->out, "%s not checked: %s\n",
			 place(page, unchecked->path, unchecked->line, 0),
			 clean(page, unchecked->reason));
	}
}

/* Which waiver expired first, and which expires next. */
static void write_ages(struct page *page)
{
	const struct policy_waiver *oldest = page->report->oldest, *next = page->report->next;

	if (oldest)
		buf_addf(page->out, "; the oldest waiver, of '%s', expired on %s",
			 clean(page, oldest->path), oldest->expires);
	if (next)
		buf_addf(page->out, "; the next to expire, of '%s', does on %s",
			 clean(page, next->path), next->expires);
}

static void write_summary(struct page *page)
{
	const struct summary *summary = &page->report->summary;
	struct arena *arena = &page->scratch;

	if (page->report->findings.count == 0 && !page->report->verbose)
		return;
	buf_addf(page->out, "%s in %s and %s", counts(page),
		 plural(arena, summary->dockerfiles, "Dockerfile"),
		 plural(arena, summary->builds, "build"));
	if (summary->inherited)
		buf_addf(page->out, "; %zu inherited", summary->inherited);
	if (summary->waived)
		buf_addf(page->out, "; %zu waived", summary->waived);
	write_ages(page);
	buf_addc(page->out, '\n');
}

static void write_way_out(struct page *page)
{
	buf_add(page->out,
		"To get out: mend each commit named above, not a later one (the last by\n"
		"'git commit --amend', others by 'git rebase -i'), and push again.\n"
		"'onedockerfile explain RULE' shows a rule with examples.\n");
}

static void write_note(struct page *page)
{
	const char *note = page->report->note;

	if (!note || page->report->brief)
		return;
	if (page->report->is_push)
		wrap_write(page->out, "note: ", clean(page, note));
	else
		buf_addf(page->out, "note: %s\n", clean(page, note));
}

static void write_text(struct buf *out, const struct report *report)
{
	struct page page = { .out = out, .report = report };

	if (report->is_push && report->findings.count > 0)
		write_refused(&page);
	write_findings(&page);
	write_uncheckeds(&page);
	write_note(&page);
	if (report->is_push && strcmp(report->verdict, "fail") == 0)
		write_way_out(&page);
	else if (!report->is_push && !report->brief)
		write_summary(&page);
	arena_release(&page.scratch);
}

const struct format format_text = {
	.name = "text",
	.summary = "for people: the place, an excerpt, what to do",
	.write = write_text,
};
