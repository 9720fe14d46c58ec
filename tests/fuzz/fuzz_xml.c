#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "reports/xml.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Undo "&#60;": no other reference and no markup may be there. */
static void unescape(struct buf *out, const char *text)
{
	while (*text) {
		char *end = NULL;

		require(!strchr("<>\"'", *text), "markup");
		if (*text != '&') {
			buf_addc(out, *text++);
			continue;
		}
		require(text[1] == '#', "a reference that has a name");
		buf_addc(out, (char)strtoul(text + 2, &end, 10));
		require(*end == ';', "a reference has an end");
		text = end + 1;
	}
}

/* XML knows no U+FFFE and no U+FFFF, nor those of other planes; to us they are U+FFFD. */
static void replace(struct buf *out, const char *clean)
{
	size_t length = strlen(clean);
	unsigned value = 0;

	for (size_t at = 0, taken = 0; at < length; at += taken) {
		taken = utf8_decode(&value, clean + at, length - at);
		if ((value & 0xFFFF) >= 0xFFFE)
			buf_add(out, "\xEF\xBF\xBD");
		else
			buf_addn(out, clean + at, taken);
	}
}

/* Text of XML is the clean text when it is read. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	const char *text = arena_copy(&arena, (const char *)data, size);
	struct buf out = { 0 }, read = { 0 }, expected = { 0 };

	xml_text(&out, text);
	require_harmless((struct text){ buf_text(&out), out.length }, "");
	unescape(&read, buf_text(&out));
	replace(&expected, utf8_clean(&arena, text, false));
	require_same(buf_text(&read), buf_text(&expected));
	buf_release(&out);
	buf_release(&read);
	buf_release(&expected);
	arena_release(&arena);
	return 0;
}
