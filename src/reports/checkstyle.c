#include <string.h>

#include "model/rule.h"
#include "reports/reports.h"
#include "reports/xml.h"

/* The severities of Checkstyle; it has "ignore", too. */
static const char *severity(enum level level)
{
	return level == LEVEL_ERROR ? "error" : level == LEVEL_WARNING ? "warning" : "info";
}

static void write_error(struct buf *out, const struct finding *finding)
{
	buf_add(out, "    <error");
	xml_number(out, "line", finding->span.line ? finding->span.line : 1);
	if (finding->span.column)
		xml_number(out, "column", finding->span.column);
	xml_attribute(out, "severity", severity(finding->level));
	xml_attribute(out, "message", finding->message);
	buf_add(out, " source=\"onedockerfile.");
	xml_text(out, finding->rule->id);
	buf_add(out, "\"/>\n");
}

/* Findings that follow each other in the same file share its element. */
static void write_checkstyle(struct buf *out, const struct report *report)
{
	const char *path = NULL;

	xml_begin(out);
	buf_add(out, "<checkstyle version=\"4.3\">\n");
	vec_each (const struct finding *, finding, &report->findings) {
		if (finding->status != FINDING_NEW)
			continue;
		if (!path || strcmp(path, finding->path) != 0) {
			buf_add(out, path ? "  </file>\n  <file" : "  <file");
			xml_attribute(out, "name", finding->path);
			buf_add(out, ">\n");
		}
		path = finding->path;
		write_error(out, finding);
	}
	buf_add(out, path ? "  </file>\n</checkstyle>\n" : "</checkstyle>\n");
}

const struct format format_checkstyle = {
	.name = "checkstyle",
	.summary = "Checkstyle's XML, for Jenkins and many others",
	.write = write_checkstyle,
};
