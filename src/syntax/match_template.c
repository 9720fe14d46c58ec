#include "syntax/match_template.h"

#include "syntax/lexer.h"
#include "syntax/slice.h"

/* The length of a name: letters, digits and '_'. */
static size_t name_length(struct text text)
{
	size_t length = 0;

	while (length < text.length) {
		char byte = text.bytes[length];
		size_t size = slice_letter(text.bytes + length, text.length - length);

		if (size == 0 && byte != '_' && !(byte >= '0' && byte <= '9'))
			break;
		length += size ? size : 1;
	}
	return length;
}

/* The name behind a dollar sign, in braces or not, cut off the template; empty: there is none. */
static struct text take_name(struct text *template)
{
	bool is_braced = slice_starts(*template, "{");
	struct text rest = slice_from(*template, is_braced);
	struct text name = slice_upto(rest, name_length(rest));

	rest = slice_from(rest, name.length);
	if (is_braced && !slice_starts(rest, "}"))
		return slice_upto(name, 0);
	if (name.length > 0)
		*template = slice_from(rest, is_braced);
	return name;
}

bool match_template_expand(struct words *words, struct buf *out, struct text template,
			   struct text match)
{
	while (template.length > 0) {
		size_t plain = slice_find(template, '$');
		bool has_sign = plain < template.length;
		struct text name = { 0 };

		buf_addn(out, template.bytes, plain);
		template = slice_from(template, plain + has_sign);
		if (has_sign && !slice_starts(template, "$"))
			name = take_name(&template);
		else if (has_sign)
			template = slice_from(template, 1);
		if (has_sign && name.length == 0)
			buf_addc(out, '$');
		if (!slice_is(name, "0"))
			continue;
		if (!words_take_steps(words, match.length))
			return false;
		buf_addn(out, match.bytes, match.length);
	}
	return true;
}
