#include "reports/xml.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

/* Of what is left of cleaned text XML refuses only these (XML 1.0 section 2.2). */
static bool is_refused(unsigned codepoint)
{
	return (codepoint & 0xFFFE) == 0xFFFE;
}

static bool is_markup(unsigned codepoint)
{
	return codepoint == '<' || codepoint == '>' || codepoint == '&' || codepoint == '"' ||
	       codepoint == '\'';
}

void xml_text(struct buf *out, const char *text)
{
	struct arena scratch = { 0 };
	const char *clean = utf8_clean(&scratch, text, false);
	size_t length = strlen(clean);
	unsigned codepoint = 0;

	for (size_t at = 0, size = 0; at < length; at += size) {
		size = utf8_decode(&codepoint, clean + at, length - at);
		if (is_refused(codepoint))
			buf_add(out, "\xEF\xBF\xBD");
		else if (is_markup(codepoint))
			buf_addf(out, "&#%u;", codepoint);
		else
			buf_addn(out, clean + at, size);
	}
	arena_release(&scratch);
}

void xml_begin(struct buf *out)
{
	buf_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

void xml_attribute(struct buf *out, const char *name, const char *value)
{
	if (!value)
		return;
	buf_addf(out, " %s=\"", name);
	xml_text(out, value);
	buf_addc(out, '"');
}

void xml_number(struct buf *out, const char *name, size_t value)
{
	buf_addf(out, " %s=\"%zu\"", name, value);
}
