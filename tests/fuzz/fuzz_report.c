#include <cjson/cJSON.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "reports/reports.h"
#include "tests/support/grammar.h"
#include "tests/support/told.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_json(const struct format *format)
{
	return format == &format_json || format == &format_sarif || format == &format_gitlab ||
	       format == &format_rdjson || format == &format_github_checks;
}

static cJSON *parse(const char *text)
{
	cJSON *root = cJSON_ParseWithOpts(text, NULL, 1);

	require(root != NULL, "JSON");
	return root;
}

/* What our own format says of a finding is what there is, but for what is no UTF-8. */
static void check_json(const char *text, struct arena *arena, const struct report *report)
{
	cJSON *root = parse(text);
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(root, "findings");

	require((size_t)cJSON_GetArraySize(item) == report->findings.count, "as many");
	item = item->child;
	vec_each (const struct finding *, finding, &report->findings) {
		require_same(cJSON_GetStringValue(cJSON_GetObjectItem(item, "path")),
			     utf8_replace(arena, finding->path));
		require_same(cJSON_GetStringValue(cJSON_GetObjectItem(item, "message")),
			     utf8_replace(arena, finding->message));
		item = item->next;
	}
	cJSON_Delete(root);
}

/* No text of a repository starts a command or is not seen, whichever format is printed. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct report report;
	struct buf out = { 0 };

	told(&report, &arena, (struct text){ (const char *)data, size });
	for (const struct format *const *format = formats; *format; format++) {
		buf_clear(&out);
		(*format)->write(&out, &report);
		if (*format == &format_github || *format == &format_azure)
			continue; /* they have commands of ours, and targets of their own */
		require_harmless((struct text){ buf_text(&out), out.length }, "\t");
		if (is_json(*format))
			cJSON_Delete(parse(out.text));
		if (*format == &format_json)
			check_json(out.text, &arena, &report);
	}
	buf_release(&out);
	arena_release(&arena);
	return 0;
}
