#include "syntax/match_template.h"

#include "syntax/lexer.h"
#include "syntax/slice.h"

/* The name behind a dollar sign, in braces or not, cut off the template; empty: there is none. */
static struct text take_name(struct text *template)
{
	bool is_braced = slice_starts(*template, "{");
	struct text rest = slice_from(*template, is_braced);
	struct text name = slice_upto(rest, lexer_name_length(rest));

	rest = slice_from(rest, name.length);
	if (is_braced && !slice_starts(rest, "}"))
		return slice_upto(name, 0);
	if (name.length > 0)
		*template = slice_from(rest, is_braced);
	return name;
}

/* What stands behind a dollar sign. */
static bool expand_one(struct words *words, struct buf *out, struct text *template,
		       struct text match)
{
	struct text name = { 0 };

	if (slice_starts(*template, "$"))
		*template = slice_from(*template, 1);
	else
		name = take_name(template);
	if (name.length == 0)
		buf_addc(out, '$');
	if (!slice_is(name, "0"))
		return true;
	if (!words_take_steps(words, match.length))
		return false;
	buf_addn(out, match.bytes, match.length);
	return true;
}

bool match_template_expand(struct words *words, struct buf *out, struct text template,
			   struct text match)
{
	size_t plain = 0;

	while ((plain = slice_find(template, '$')) < template.length) {
		buf_addn(out, template.bytes, plain);
		template = slice_from(template, plain + 1);
		if (!expand_one(words, out, &template, match))
			return false;
	}
	buf_addn(out, template.bytes, template.length);
	return true;
}
