#include "base/utf8.h"
#include "model/rule.h"
#include "reports/reports.h"
#include "reports/xml.h"

/* A JUnit document knows tests that pass or fail: each finding is a test of its rule, and each rule
 * that found nothing is one that passes. A finding below the threshold passes, too, and says in its
 * output what it is. */

/* Does it count for the verdict? */
static bool is_failure(const struct report *report, const struct finding *finding)
{
	return report->fail_on != LEVEL_OFF && finding->level >= report->fail_on;
}

static bool is_broken(const struct report *report, const struct rule *rule)
{
	vec_each (const struct finding *, finding, &report->findings)
		if (finding->rule == rule && finding->status == FINDING_NEW)
			return true;
	return false;
}

/* A test that is begun, with its attributes. */
static void begin_test(struct buf *out, const struct rule *rule, const char *name)
{
	buf_add(out, "    <testcase");
	xml_attribute(out, "classname", rule->id);
	xml_attribute(out, "name", name);
}

static void write_text(struct buf *out, const struct finding *finding, const char *where)
{
	xml_text(out, where);
	buf_addf(out, ": %s: ", level_name(finding->level));
	xml_text(out, finding->message);
	if (finding->help) {
		buf_add(out, "\nhelp: ");
		xml_text(out, finding->help);
	}
}

static void write_finding(struct buf *out, const struct report *report,
			  const struct finding *finding)
{
	struct arena scratch = { 0 };
	const char *where = place_told(&scratch, finding);

	begin_test(out, finding->rule, where);
	xml_attribute(out, "file", finding->path);
	if (finding->span.line)
		xml_number(out, "line", finding->span.line);
	if (is_failure(report, finding)) {
		buf_add(out, ">\n      <failure");
		xml_attribute(out, "type", level_name(finding->level));
		xml_attribute(out, "message", finding->message);
		buf_addc(out, '>');
		write_text(out, finding, where);
		buf_add(out, "</failure>\n    </testcase>\n");
	} else {
		buf_add(out, ">\n      <system-out>");
		write_text(out, finding, where);
		buf_add(out, "</system-out>\n    </testcase>\n");
	}
	arena_release(&scratch);
}

struct tally {
	size_t tests, failures, errors;
};

static struct tally tally_of(const struct report *report)
{
	struct tally tally = { .errors = report_is_unknown(report) };

	for (const struct rule *const *rule = report->rules; *rule; rule++)
		tally.tests += !is_broken(report, *rule);
	vec_each (const struct finding *, finding, &report->findings) {
		if (finding->status != FINDING_NEW)
			continue;
		tally.tests++;
		tally.failures += is_failure(report, finding);
	}
	tally.tests += tally.errors;
	return tally;
}

static void write_suite(struct buf *out, const struct tally *tally, const char *tag)
{
	buf_add(out, tag);
	xml_attribute(out, "name", "onedockerfile");
	xml_number(out, "tests", tally->tests);
	xml_number(out, "failures", tally->failures);
	xml_number(out, "errors", tally->errors);
	buf_add(out, ">\n");
}

/* Where the judgement came to no end nothing passes by having no findings. */
static void write_rules(struct buf *out, const struct report *report)
{
	if (report_is_unknown(report)) {
		buf_add(out, "    <testcase classname=\"onedockerfile\" name=\"verdict\">\n"
			     "      <error type=\"unknown\" message=\"not judged to the end\"/>\n"
			     "    </testcase>\n");
	}
	for (const struct rule *const *rule = report->rules; *rule; rule++) {
		if (is_broken(report, *rule))
			continue;
		begin_test(out, *rule, (*rule)->title);
		buf_add(out, report_is_unknown(report) ? "><skipped/></testcase>\n" : "/>\n");
	}
}

static void write_junit(struct buf *out, const struct report *report)
{
	struct tally tally = tally_of(report);

	xml_begin(out);
	write_suite(out, &tally, "<testsuites");
	write_suite(out, &tally, "  <testsuite");
	write_rules(out, report);
	vec_each (const struct finding *, finding, &report->findings)
		if (finding->status == FINDING_NEW)
			write_finding(out, report, finding);
	buf_add(out, "  </testsuite>\n</testsuites>\n");
}

const struct format format_junit = {
	.name = "junit",
	.summary = "JUnit's XML: each finding a test of its rule that failed",
	.write = write_junit,
};
