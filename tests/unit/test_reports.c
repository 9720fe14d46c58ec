#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "reports/reports.h"
#include "rules/rules.h"

/* An error about a whole file, of which there is nothing to advise, and an inherited warning. */
static void write_report(struct buf *out, const char *format, enum level fail_on)
{
	static const struct rule *const listed[] = { &rule_unreadable, NULL };
	struct finding findings[] = {
		{ .rule = &rule_unreadable,
		  .level = LEVEL_ERROR,
		  .path = "compose.yml",
		  .message = "larger than 1 byte",
		  .fingerprint = "f1" },
		{ .rule = &rule_unreadable,
		  .level = LEVEL_WARNING,
		  .status = FINDING_INHERITED,
		  .path = "d/b.yml",
		  .span = { 3, 4, 3, 5 },
		  .message = "old",
		  .help = "do",
		  .fingerprint = "f2" },
	};
	struct report report = { .version = "1",
				 .source = "rev",
				 .policy = "default",
				 .verdict = "fail",
				 .fail_on = fail_on,
				 .summary = { .errors = 1, .inherited = 1 },
				 .rules = listed,
				 .findings = { findings, 2, 2 } };

	formats_find(format)->write(out, &report);
}

static void expect_under(const char *format, enum level fail_on, const char *expected)
{
	struct buf out = { 0 };

	write_report(&out, format, fail_on);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
}

static void expect(const char *format, const char *expected)
{
	expect_under(format, LEVEL_ERROR, expected);
}

/* The part of a report in JSON that a way of keys and indices leads to, without white space. */
static void expect_part(const char *format, const char *const *way, const char *expected)
{
	struct buf out = { 0 };
	cJSON *root = NULL;
	const cJSON *part = NULL;
	char *text = NULL;

	write_report(&out, format, LEVEL_ERROR);
	root = cJSON_Parse(buf_text(&out));
	for (part = root; *way; way++)
		part = cJSON_IsArray(part) ? cJSON_GetArrayItem(part, **way - '0')
					   : cJSON_GetObjectItemCaseSensitive(part, *way);
	text = cJSON_PrintUnformatted(part);
	assert_string_equal(text, expected);
	cJSON_free(text);
	cJSON_Delete(root);
	buf_release(&out);
}

#define PART(format, expected, ...)                                                                \
	expect_part(format, (const char *const[]){ __VA_ARGS__, NULL }, expected)

/* Line 1 stands for the file where a format wants a line. */
static void writes_a_finding_about_a_whole_file(void **state)
{
	(void)state;
	expect("azure", "##vso[task.logissue type=error;sourcepath=compose.yml;linenumber=1;"
			"code=unreadable;]larger than 1 byte\n");
	expect("checkstyle",
	       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	       "<checkstyle version=\"4.3\">\n"
	       "  <file name=\"compose.yml\">\n"
	       "    <error line=\"1\" severity=\"error\" message=\"larger than 1 byte\" "
	       "source=\"onedockerfile.unreadable\"/>\n"
	       "  </file>\n"
	       "</checkstyle>\n");
	expect("github",
	       "::error title=Unreadable file,file=compose.yml::larger than 1 byte [unreadable]\n");
	expect("junit",
	       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	       "<testsuites name=\"onedockerfile\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
	       "  <testsuite name=\"onedockerfile\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
	       "    <testcase classname=\"unreadable\" name=\"compose.yml\" file=\"compose.yml\">\n"
	       "      <failure type=\"error\" message=\"larger than 1 byte\">compose.yml: error: "
	       "larger than 1 byte</failure>\n"
	       "    </testcase>\n"
	       "  </testsuite>\n"
	       "</testsuites>\n");
	expect("markdown", "## onedockerfile: fail\n\n"
			   "**1 error**, 0 warnings and 0 notices in 0 Dockerfiles and 0 builds; 1 "
			   "inherited, 0 waived. Policy: default\n\n"
			   "| Level | Place | Finding | What to do |\n"
			   "|---|---|---|---|\n"
			   "| error | `compose.yml` | larger than 1 byte (unreadable) |  |\n");
	expect("text", "compose.yml: error: larger than 1 byte [unreadable]\n\n"
		       "d/b.yml:3:4: warning: old [unreadable] (inherited)\n"
		       "  help: do\n\n"
		       "1 error in 0 Dockerfiles and 0 builds; 1 inherited\n");
}

static void writes_a_finding_about_a_whole_file_in_json(void **state)
{
	(void)state;
	PART("github-checks",
	     "[{\"path\":\"compose.yml\",\"start_line\":1,\"end_line\":1,\"annotation_level\":"
	     "\"failure\",\"title\":\"Unreadable file\",\"message\":\"larger than 1 byte\"}]",
	     "0", "output", "annotations");
	PART("gitlab",
	     "{\"description\":\"larger than 1 byte\",\"check_name\":\"unreadable\","
	     "\"fingerprint\":\"f1\",\"severity\":\"major\",\"location\":{\"path\":"
	     "\"compose.yml\",\"lines\":{\"begin\":1}}}",
	     "0");
	PART("rdjson",
	     "[{\"message\":\"larger than 1 byte\",\"location\":{\"path\":\"compose.yml\","
	     "\"range\":{\"start\":{\"line\":1}}},\"severity\":\"ERROR\",\"code\":{\"value\":"
	     "\"unreadable\"}}]",
	     "diagnostics");
	PART("sarif",
	     "{\"ruleId\":\"unreadable\",\"ruleIndex\":0,\"level\":\"error\",\"message\":{\"text\":"
	     "\"larger than 1 "
	     "byte.\"},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":"
	     "\"compose.yml\",\"uriBaseId\":\"%SRCROOT%\"},\"region\":{\"startLine\":1,"
	     "\"startColumn\":1,\"endLine\":1,\"endColumn\":2}}}],\"partialFingerprints\":{"
	     "\"onedockerfile/v1\":\"f1\"}}",
	     "runs", "0", "results", "0");
	PART("json", "null", "findings", "0", "start_line");
	PART("json", "null", "findings", "0", "help");
}

/* Where nothing may fail a run, nothing fails in its report. */
static void fails_nothing_that_is_below_the_threshold(void **state)
{
	(void)state;
	expect_under(
		"junit", LEVEL_OFF,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites name=\"onedockerfile\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
		"  <testsuite name=\"onedockerfile\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
		"    <testcase classname=\"unreadable\" name=\"compose.yml\" "
		"file=\"compose.yml\">\n"
		"      <system-out>compose.yml: error: larger than 1 byte</system-out>\n"
		"    </testcase>\n"
		"  </testsuite>\n"
		"</testsuites>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_a_finding_about_a_whole_file),
		cmocka_unit_test(writes_a_finding_about_a_whole_file_in_json),
		cmocka_unit_test(fails_nothing_that_is_below_the_threshold),
	};

	return cmocka_run_group_tests_name("reports", tests, NULL, NULL);
}
