#include "base/limits.h"
#include "model/rule.h"
#include "reports/markdown_text.h"
#include "reports/reports.h"
#include "reports/worst.h"

/* GitHub drops a summary of more than 1 MiB whole. */
#define SHORT_ID 12 /* digits of a commit that people see */

static void write_head(struct buf *out, const struct report *report)
{
	const struct summary *summary = &report->summary;
	struct arena arena = { 0 };

	buf_addf(out, "## onedockerfile: %s\n\n", report->verdict);
	if (report_is_unknown(report))
		buf_add(out, "**The judgement came to no end**, so what is missing here says "
			     "nothing.\n\n");
	buf_addf(out, "**%s**, %s and %s in %s and %s; %zu inherited, %zu waived. Policy: ",
		 plural(&arena, summary->errors, "error"),
		 plural(&arena, summary->warnings, "warning"),
		 plural(&arena, summary->notices, "notice"),
		 plural(&arena, summary->dockerfiles, "Dockerfile"),
		 plural(&arena, summary->builds, "build"), summary->inherited, summary->waived);
	markdown_text(out, report->policy);
	buf_add(out, "\n");
	arena_release(&arena);
}

static void write_place(struct buf *out, const struct finding *finding)
{
	struct arena arena = { 0 };

	markdown_code(out, place_told(&arena, finding), true);
	if (finding->commit)
		buf_addf(out, " in %.*s", SHORT_ID, finding->commit);
	arena_release(&arena);
}

static void write_row(struct buf *out, const struct finding *finding)
{
	buf_addf(out, "| %s | ", level_name(finding->level));
	write_place(out, finding);
	buf_add(out, " | ");
	markdown_text(out, finding->message);
	buf_addf(out, " (%s) | ", finding->rule->id);
	if (finding->help)
		markdown_text(out, finding->help);
	buf_add(out, " |\n");
}

static void write_findings(struct buf *out, const struct report *report)
{
	struct arena arena = { 0 };
	struct worst worst = report_worst(report, &arena);
	size_t rows = 0;

	if (worst.count > 0)
		buf_add(out, "\n| Level | Place | Finding | What to do |\n|---|---|---|---|\n");
	while (rows < worst.count && out->length < MAX_TABLE)
		write_row(out, worst.items[rows++]);
	if (rows < worst.count)
		buf_addf(out, "\n%s, which the report in another format lists.\n",
			 plural(&arena, worst.count - rows, "more finding"));
	arena_release(&arena);
}

static void write_graph(struct buf *out, const struct graph *graph)
{
	buf_add(out, "\n### ");
	markdown_code(out, graph->path, false);
	buf_add(out, "\n\n");
	if (!mermaid_write(out, graph))
		buf_add(out, "Its stages cannot be drawn here.\n");
}

static void write_graphs(struct buf *out, const struct report *report)
{
	size_t drawn = 0, more = 0;
	struct arena arena = { 0 };

	while (drawn < report->graphs.count && out->length < MAX_GRAPHS_END)
		write_graph(out, &report->graphs.items[drawn++]);
	more = report->graphs.count - drawn + report->more_graphs;
	if (more > 0)
		buf_addf(out, "\n%s touched, and not drawn here.\n",
			 plural(&arena, more, "more Dockerfile"));
	arena_release(&arena);
}

static void write_markdown(struct buf *out, const struct report *report)
{
	struct arena arena = { 0 };

	write_head(out, report);
	write_findings(out, report);
	write_graphs(out, report);
	if (report->uncheckeds.count > 0)
		buf_addf(out, "\n%s could not be checked.\n",
			 plural(&arena, report->uncheckeds.count, "place"));
	if (report->note) {
		buf_add(out, "\nNote: ");
		markdown_text(out, report->note);
		buf_add(out, "\n");
	}
	arena_release(&arena);
}

const struct format format_markdown = {
	.name = "markdown",
	.summary = "a job summary: verdict, findings, the stages of what was touched",
	.needs = NEEDS_GRAPHS,
	.write = write_markdown,
};
