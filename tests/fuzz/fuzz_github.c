#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "reports/reports.h"
#include "tests/support/grammar.h"
#include "tests/support/told.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As the runner undoes what is escaped. */
static const char *unescape(struct arena *arena, const char *text, size_t length)
{
	char *result = arena_bytes(arena, length + 1), *to = result;

	for (const char *at = text; at < text + length; at++) {
		char digits[] = { at[0] == '%' ? at[1] : '0', at[0] == '%' ? at[2] : '0', '\0' };

		if (*at == '%')
			require(strstr("25 0D 0A 3A 2C", digits) != NULL, "an escape");
		*to++ = *at == '%' ? (char)strtoul(digits, NULL, 16) : *at;
		at += *at == '%' ? 2 : 0;
	}
	*to = '\0';
	return result;
}

/* The property of that name in those between the name of a command and its message. */
static const char *property(struct arena *arena, const char *line, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = strchr(line, ' ') + 1, *end = NULL;; at = end + 1) {
		end = at + strcspn(at, ",:\n");
		if (strncmp(at, name, length) == 0)
			return unescape(arena, at + length, (size_t)(end - at) - length);
		if (*end != ',')
			return NULL;
	}
}

static bool is_plain(const char *text)
{
	for (const char *at = text; *at; at++)
		if (*at < ' ' || *at > '~')
			return false;
	return !strstr(text, "##");
}

/* Each line is an annotation; a file is told as it is, or so that nobody sees anything else. */
static void check(struct arena *arena, const char *line, const struct report *report)
{
	size_t count = 0;

	for (; *line; line = strchr(line, '\n') + 1, count++) {
		const char *file = property(arena, line, "file=");
		size_t known = 0;

		require(strncmp(line, "::error ", 8) == 0 || strncmp(line, "::notice ", 9) == 0,
			"an annotation");
		vec_each (const struct finding *, finding, &report->findings)
			known += file && strcmp(file, finding->path) == 0;
		require(!file || known > 0 || !is_plain(file) || strchr(file, '\\'), "a file");
	}
	require(count <= report->findings.count, "no more than there are");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct report report;
	struct buf out = { 0 };

	told(&report, &arena, (struct text){ (const char *)data, size });
	format_github.write(&out, &report);
	require_commands((struct text){ buf_text(&out), out.length });
	check(&arena, buf_text(&out), &report);
	buf_release(&out);
	arena_release(&arena);
	return 0;
}
