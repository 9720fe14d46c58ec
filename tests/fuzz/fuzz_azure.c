#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "reports/reports.h"
#include "tests/support/grammar.h"
#include "tests/support/told.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* "##vso[task.logissue name=value;...]message": the list ends at the first ']'. */
static void check_issue(const char *line)
{
	static const char *const names[] = { "##vso[task.logissue type=", "sourcepath=",
					     "linenumber=", "columnnumber=", "code=" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t length = strlen(names[i]);

		if (i == 3 && strncmp(line, names[i], length) != 0)
			continue;
		require(strncmp(line, names[i], length) == 0, "the properties are ours");
		line += length;
		line += strcspn(line, ";]\n");
		require(*line++ == ';', "a property has an end");
	}
	require(*line++ == ']', "the properties have an end");
	require_harmless((struct text){ line, strcspn(line, "\n") }, "");
}

/* A line for each finding: a command, or for a notice none. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct report report;
	struct buf out = { 0 };
	size_t count = 0;

	told(&report, &arena, (struct text){ (const char *)data, size });
	format_azure.write(&out, &report);
	for (const char *line = buf_text(&out); *line; line = strchr(line, '\n') + 1, count++) {
		if (strncmp(line, "notice: ", 8) == 0)
			require_harmless((struct text){ line, strcspn(line, "\n") }, "");
		else
			check_issue(line);
	}
	require(count == report.findings.count, "as many as there are");
	buf_release(&out);
	arena_release(&arena);
	return 0;
}
