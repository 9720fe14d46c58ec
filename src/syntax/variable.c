#include <string.h>

#include "syntax/lexer.h"
#include "syntax/pattern.h"
#include "syntax/slice.h"

size_t lexer_name_length(struct text text)
{
	size_t length = 0;

	while (length < text.length) {
		const char *at = text.bytes + length;
		size_t size = *at == '_' ? 1 : slice_letter(at, text.length - length);

		if (size == 0)
			size = slice_digit(at, text.length - length);
		if (size == 0)
			break;
		length += size;
	}
	return length;
}

/* The length of the digits that a text begins with. */
static size_t digits_length(struct text text)
{
	size_t length = 0, size = 0;

	while ((size = slice_digit(text.bytes + length, text.length - length)))
		length += size;
	return length;
}

/* The name of a variable: digits alone, one special character, or letters, digits and '_'. */
static struct text read_name(struct lexer *lexer)
{
	struct text rest = lexer->rest, name = { rest.bytes, 0 };

	if (rest.length && *rest.bytes && strchr("@*#?-$!", *rest.bytes))
		name.length = 1;
	else
		name.length = digits_length(rest);
	if (name.length == 0)
		name.length = lexer_name_length(rest);
	lexer->rest = slice_from(rest, name.length);
	return name;
}

/* The value of a variable; false: it has none. */
static bool look_up(struct lexer *lexer, struct text *value, struct text name)
{
	struct words *words = lexer->words;
	const char *key = NULL, *found = NULL;

	*value = (struct text){ "", 0 };
	if (!words->values)
		return false;
	key = slice_string(words->arena, name);
	found = map_get(words->values, key);
	if (!found && words->below)
		found = words->below(key);
	*vec_add(words->arena, &words->names) = key;
	if (found)
		*value = (struct text){ found, strlen(found) };
	return found;
}

static bool keep(struct lexer *lexer, struct text *value, struct text written)
{
	*value = (struct text){ arena_copy(lexer->words->arena, written.bytes, written.length),
				written.length };
	return true;
}

/* ${name<sign>word}: what the sign makes of it. */
static bool apply(struct lexer *lexer, struct text *value, struct text name, char sign,
		  bool empty_is_unset)
{
	struct words *words = lexer->words;
	bool is_pattern = sign == '#' || sign == '%';
	struct text word = { 0 };
	struct pattern pattern = { .from_end = sign == '%' };
	bool set = false;

	if (!lexer_read_part(lexer, &word, '}', is_pattern))
		return false;
	set = look_up(lexer, value, name);
	if (!set && words->keep_unset) {
		char shown[] = { sign, '\0' };

		value->bytes =
			arena_printf(words->arena, "${%.*s%s%s%s}", (int)name.length, name.bytes,
				     empty_is_unset ? ":" : "", shown, word.bytes);
		value->length = strlen(value->bytes);
		return true;
	}
	set = set && !(empty_is_unset && value->length == 0);
	switch (sign) {
	case '-':
		*value = set ? *value : word;
		return true;
	case '+':
		*value = set ? word : (struct text){ "", 0 };
		return true;
	case '?':
		words->wants_value = !set;
		return set || lexer_refuse(lexer, "a variable that it requires has no value");
	case '#':
	case '%':
		if (!empty_is_unset)
			break;
		/* fall through */
	default:
		return lexer_refuse(lexer, "it uses an operator in '${...}' that is not supported");
	}
	pattern.longest = word.length && *word.bytes == sign;
	pattern.text = slice_from(word, pattern.longest);
	return pattern_trim(words, value, &pattern, *value);
}

/* ${name/pattern/replacement}, ${name//pattern/replacement} */
static bool substitute(struct lexer *lexer, struct text *value, struct text name)
{
	struct words *words = lexer->words;
	struct replacement replacement = { .all = lexer_peek(lexer) == '/' };

	if (replacement.all)
		lexer_next(lexer);
	if (!lexer_read_part(lexer, &replacement.pattern, '/', true) ||
	    !lexer_read_part(lexer, &replacement.text, '}', true))
		return false;
	if (!look_up(lexer, value, name) && words->keep_unset) {
		value->bytes =
			arena_printf(words->arena, "${%.*s/%s/%s}", (int)name.length, name.bytes,
				     replacement.pattern.bytes, replacement.text.bytes);
		value->length = strlen(value->bytes);
		return true;
	}
	return pattern_replace(words, value, &replacement, *value);
}

static bool read_braces(struct lexer *lexer, struct text *value, const char *start)
{
	struct text name = { 0 }, sign = { 0 };

	if (lexer_peek(lexer) == LEXER_END || strchr("{}:", lexer_peek(lexer)))
		return lexer_refuse(lexer, "it holds a '${' that names no variable");
	name = read_name(lexer);
	sign = lexer_next(lexer);
	if (sign.length != 1 || !*sign.bytes)
		return lexer_refuse(lexer, "it holds a '${' without its '}'");
	if (*sign.bytes == '}') {
		struct text written = { start, (size_t)(lexer->rest.bytes - start) };

		if (!look_up(lexer, value, name) && lexer->words->keep_unset)
			return keep(lexer, value, written);
		return true;
	}
	if (*sign.bytes == '/')
		return substitute(lexer, value, name);
	if (*sign.bytes == ':') {
		sign = lexer_next(lexer);
		return apply(lexer, value, name, sign.length == 1 ? *sign.bytes : '\0', true);
	}
	if (!strchr("+-?#%", *sign.bytes))
		return lexer_refuse(lexer, "it uses an operator in '${...}' that is not supported");
	return apply(lexer, value, name, *sign.bytes, false);
}

bool lexer_read_variable(struct lexer *lexer, struct text *value)
{
	const char *start = lexer->rest.bytes;
	struct text name = { 0 };

	lexer_next(lexer);
	if (lexer_peek(lexer) == '{') {
		lexer_next(lexer);
		return read_braces(lexer, value, start);
	}
	name = read_name(lexer);
	if (name.length == 0)
		return keep(lexer, value, (struct text){ "$", 1 });
	if (!look_up(lexer, value, name) && lexer->words->keep_unset)
		return keep(lexer, value, (struct text){ start, name.length + 1 });
	return true;
}
