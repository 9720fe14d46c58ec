#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "reports/reports.h"
#include "reports/wrap.h"
#include "tests/support/grammar.h"
#include "tests/support/told.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Does a line begin with the path of a finding, as it is shown? */
static bool begins_with_path(struct arena *arena, const struct report *report, const char *line)
{
	vec_each (const struct finding *, finding, &report->findings) {
		const char *path =
			utf8_clean(arena, arena_printf(arena, "%s:", finding->path), true);

		if (strncmp(line, path, strlen(path)) == 0)
			return true;
	}
	return false;
}

static void check_push(struct arena *arena, const struct report *report, const char *line)
{
	for (; *line; line = strchr(line, '\n') + 1) {
		size_t length = strcspn(line, "\n");

		for (size_t i = 0; i < length; i++)
			require(line[i] >= ' ' && line[i] <= '~', "ASCII");
		require(length <= MAX_WIDTH || begins_with_path(arena, report, line), "narrow");
	}
}

/* For a terminal, with and without colours, and over a push. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct report report;
	struct buf out = { 0 };

	told(&report, &arena, (struct text){ (const char *)data, size });
	report.verbose = true;
	for (int kind = 0; kind < 3; kind++) {
		report.colour = kind == 1;
		report.is_push = kind == 2;
		buf_clear(&out);
		format_text.write(&out, &report);
		require_harmless((struct text){ buf_text(&out), out.length },
				 report.colour ? "\033" : "");
	}
	check_push(&arena, &report, buf_text(&out));
	buf_release(&out);
	arena_release(&arena);
	return 0;
}
