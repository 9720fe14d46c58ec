#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "reports/reports.h"
#include "tests/support/grammar.h"
#include "tests/support/told.h"

#define RESERVED_AND_UNRESERVED                                                                    \
	"%/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of a relative reference (RFC 3986): the bytes of the path again. */
static const char *decode(struct arena *arena, const char *uri)
{
	char *path = arena_string(arena, uri), *to = path;

	require_only(uri, RESERVED_AND_UNRESERVED);
	for (; *uri; uri++) {
		char digits[] = { uri[0] == '%' ? uri[1] : '0', uri[0] == '%' ? uri[2] : '0', 0 };

		*to++ = *uri == '%' ? (char)strtoul(digits, NULL, 16) : *uri;
		uri += *uri == '%' ? 2 : 0;
	}
	*to = '\0';
	return path;
}

static const cJSON *get(const cJSON *from, const char *key)
{
	const cJSON *found = cJSON_IsArray(from) ? cJSON_GetArrayItem(from, 0)
						 : cJSON_GetObjectItemCaseSensitive(from, key);

	require(found != NULL, key);
	return found;
}

static const char *path_of(struct arena *arena, const cJSON *result)
{
	const cJSON *place = get(get(get(result, "locations"), "0"), "physicalLocation");

	return decode(arena, get(get(place, "artifactLocation"), "uri")->valuestring);
}

static bool is_told(struct arena *arena, const cJSON *results, const char *path)
{
	for (const cJSON *result = results->child; result; result = result->next)
		if (strcmp(path_of(arena, result), path) == 0)
			return true;
	return false;
}

/* Every path is found again, byte for byte. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct report report;
	struct buf out = { 0 };
	cJSON *root = NULL;
	const cJSON *results = NULL;

	told(&report, &arena, (struct text){ (const char *)data, size });
	format_sarif.write(&out, &report);
	require_harmless((struct text){ out.text, out.length }, "\t");
	root = cJSON_ParseWithOpts(out.text, NULL, 1);
	results = get(get(get(root, "runs"), "0"), "results");
	require((size_t)cJSON_GetArraySize(results) == report.findings.count, "as many");
	vec_each (const struct finding *, finding, &report.findings)
		require(is_told(&arena, results, finding->path), "a path");
	cJSON_Delete(root);
	buf_release(&out);
	arena_release(&arena);
	return 0;
}
