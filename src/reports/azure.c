#include "base/limits.h"
#include "base/utf8.h"
#include "model/rule.h"
#include "reports/reports.h"
#include "reports/worst.h"

static const char *escape(char character)
{
	switch (character) {
	case '%':
		return "%AZP25";
	case '\r':
		return "%0D";
	case '\n':
		return "%0A";
	case ';':
		return "%3B";
	case ']':
		return "%5D";
	default:
		return NULL;
	}
}

/* As the agent takes a command apart (its Command.cs): properties end at ';', the list of them at
 * ']', and both they and the message are unescaped. */
static void add_text(struct buf *out, const char *text)
{
	struct arena scratch = { 0 };

	for (const char *at = utf8_clean(&scratch, text, false); *at; at++) {
		const char *escaped = escape(*at);

		if (escaped)
			buf_add(out, escaped);
		else
			buf_addc(out, *at);
	}
	arena_release(&scratch);
}

/* The agent knows errors and warnings: a notice is a line of the log. */
static void write_notice(struct buf *out, const struct finding *finding)
{
	struct arena scratch = { 0 };

	buf_addf(out, "notice: %s: %s [%s]\n",
		 utf8_clean(&scratch, place_told(&scratch, finding), false),
		 utf8_clean(&scratch, finding->message, false), finding->rule->id);
	arena_release(&scratch);
}

static void write_issue(struct buf *out, const struct finding *finding)
{
	buf_addf(out, "##vso[task.logissue type=%s;sourcepath=", level_name(finding->level));
	add_text(out, finding->path);
	buf_addf(out, ";linenumber=%u", finding->span.line ? finding->span.line : 1);
	if (finding->span.column)
		buf_addf(out, ";columnnumber=%u", finding->span.column);
	buf_addf(out, ";code=%s;]", finding->rule->id);
	add_text(out, finding->message);
	if (finding->help) {
		buf_add(out, "%0A");
		add_text(out, finding->help);
	}
	buf_addc(out, '\n');
}

static void write_azure(struct buf *out, const struct report *report)
{
	struct arena scratch = { 0 };
	struct worst worst = report_worst(report, &scratch);

	vec_each (const struct finding *const *, finding, &worst) {
		if (finding - worst.items == MAX_ISSUES)
			break;
		if ((*finding)->level == LEVEL_NOTICE)
			write_notice(out, *finding);
		else
			write_issue(out, *finding);
	}
	if (worst.count > MAX_ISSUES)
		buf_addf(out, "%u more findings; the report in another format lists them all\n",
			 worst.count - MAX_ISSUES);
	arena_release(&scratch);
}

const struct format format_azure = {
	.name = "azure",
	.summary = "logging commands of Azure Pipelines",
	.write = write_azure,
};
