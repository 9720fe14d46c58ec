#include "syntax/words.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "syntax/pattern.h"
#include "syntax/slice.h"

/* A word being read. What is made goes to the end of out, the innermost part last. */
struct lexer {
	struct words *words;
	struct text rest;
	struct buf out;
	unsigned depth;
	bool raw_escapes;   /* the settings', or those of the pattern being read */
	struct texts *list; /* words split off; NULL: none are */
	bool in_word;
};

#define END (-1)

static int peek(const struct lexer *lexer)
{
	return lexer->rest.length ? (unsigned char)*lexer->rest.bytes : END;
}

/* The next character, a code point of several bytes as a whole. */
static struct text next(struct lexer *lexer)
{
	struct text one = { lexer->rest.bytes, 0 };
	unsigned codepoint = 0;

	if (lexer->rest.length)
		one.length = utf8_decode(&codepoint, one.bytes, lexer->rest.length);
	lexer->rest = slice_from(lexer->rest, one.length);
	return one;
}

static bool refuse(struct lexer *lexer, const char *error)
{
	lexer->words->error = error;
	return false;
}

static bool refuse_limit(struct lexer *lexer, const char *error)
{
	lexer->words->over_limit = true;
	return refuse(lexer, error);
}

static bool add(struct lexer *lexer, struct text text)
{
	struct words *words = lexer->words;

	if (text.length >= words->budget) {
		words->budget = 0;
		return refuse_limit(lexer, "its variables take too many steps to expand");
	}
	words->budget -= text.length;
	buf_addn(&lexer->out, text.bytes, text.length);
	lexer->in_word = true;
	return true;
}

static bool is_splitting(const struct lexer *lexer)
{
	return lexer->list && lexer->depth == 0;
}

static void end_word(struct lexer *lexer)
{
	struct text word = { NULL, lexer->out.length };

	if (word.length == 0)
		return;
	word.bytes = arena_copy(lexer->words->arena, buf_text(&lexer->out), word.length);
	*vec_add(lexer->words->arena, lexer->list) = word;
	buf_clear(&lexer->out);
	lexer->in_word = false;
}

/* Text in which white space ends a word. */
static bool add_splitting(struct lexer *lexer, struct text text)
{
	struct lexer reader = { .rest = text };

	if (!is_splitting(lexer))
		return add(lexer, text);
	while (reader.rest.length) {
		struct text one = next(&reader);

		if (!slice_space(one.bytes, one.length)) {
			if (!add(lexer, one))
				return false;
		} else if (lexer->in_word) {
			end_word(lexer);
		}
	}
	return true;
}

static bool read_until(struct lexer *lexer, int stop, bool raw_escapes);

/* What stands up to a character, on its own. */
static bool read_part(struct lexer *lexer, struct text *part, char stop, bool raw_escapes)
{
	size_t mark = lexer->out.length;
	bool done = false;

	if (lexer->depth == MAX_WORD_NESTING)
		return refuse_limit(lexer, "its variables are nested too deeply");
	lexer->depth++;
	done = read_until(lexer, stop, raw_escapes);
	lexer->depth--;
	part->length = lexer->out.length - mark;
	part->bytes = arena_copy(lexer->words->arena, buf_text(&lexer->out) + mark, part->length);
	lexer->out.length = mark;
	return done;
}

/* Letters past ASCII: a coarse unicode.IsLetter, all there is from the Latin supplement on but
 * punctuation, symbols and spaces. */
static bool is_letter(unsigned codepoint)
{
	if (codepoint < 0x80)
		return (codepoint | 0x20) >= 'a' && (codepoint | 0x20) <= 'z';
	return codepoint == 0xAA || codepoint == 0xB5 || codepoint == 0xBA ||
	       (codepoint >= 0xC0 && codepoint < 0x2000 && codepoint != 0xD7 &&
		codepoint != 0xF7) ||
	       (codepoint >= 0x3041 && codepoint < 0xE000) ||
	       (codepoint >= 0xF900 && codepoint < 0xFE00);
}

static bool is_digit(int character)
{
	return character >= '0' && character <= '9';
}

/* The name of a variable: digits alone, one special character, or letters, digits and '_'. */
static struct text read_name(struct lexer *lexer)
{
	struct text rest = lexer->rest, name = { rest.bytes, 0 };
	unsigned codepoint = 0;

	if (is_digit(peek(lexer))) {
		while (name.length < rest.length && is_digit(rest.bytes[name.length]))
			name.length++;
	} else if (rest.length && *rest.bytes && strchr("@*#?-$!", *rest.bytes)) {
		name.length = 1;
	} else {
		while (name.length < rest.length) {
			size_t size = utf8_decode(&codepoint, rest.bytes + name.length,
						  rest.length - name.length);

			if (codepoint != '_' && !is_letter(codepoint) && !is_digit((int)codepoint))
				break;
			name.length += size;
		}
	}
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

/* ${name<operator>word}: what the operator makes of it. */
static bool apply(struct lexer *lexer, struct text *value, struct text name, char operator,
		  bool empty_is_unset)
{
	struct words *words = lexer->words;
	bool is_pattern = operator== '#' || operator== '%';
	struct text word = { 0 };
	bool set = false;

	if (!read_part(lexer, &word, '}', is_pattern))
		return false;
	set = look_up(lexer, value, name);
	if (!set && words->keep_unset) {
		char shown[] = { operator, '\0' };

		value->bytes =
			arena_printf(words->arena, "${%.*s%s%s%s}", (int)name.length, name.bytes,
				     empty_is_unset ? ":" : "", shown, word.bytes);
		value->length = strlen(value->bytes);
		return true;
	}
	set = set && !(empty_is_unset && value->length == 0);
	switch (operator) {
	case '-':
		*value = set ? *value : word;
		return true;
	case '+':
		*value = set ? word : (struct text){ "", 0 };
		return true;
	case '?':
		return set || refuse(lexer, "a variable that it requires has no value");
	case '#':
	case '%':
		break;
	default:
		return refuse(lexer, "it uses an operator in '${...}' that is not supported");
	}
	struct pattern pattern = { word, operator== '%', word.length && *word.bytes == operator};

	if (pattern.longest)
		pattern.text = slice_from(word, 1);
	return pattern_trim(words, value, &pattern, *value);
}

/* ${name/pattern/replacement}, ${name//pattern/replacement} */
static bool substitute(struct lexer *lexer, struct text *value, struct text name)
{
	struct words *words = lexer->words;
	struct text pattern = { 0 }, replacement = { 0 };
	bool all = peek(lexer) == '/';

	if (all)
		next(lexer);
	if (!read_part(lexer, &pattern, '/', true) || !read_part(lexer, &replacement, '}', true))
		return false;
	if (!look_up(lexer, value, name) && words->keep_unset) {
		value->bytes = arena_printf(words->arena, "${%.*s/%s/%s}", (int)name.length,
					    name.bytes, pattern.bytes, replacement.bytes);
		value->length = strlen(value->bytes);
		return true;
	}
	return pattern_replace(words, value, pattern, replacement, *value, all);
}

static bool read_braces(struct lexer *lexer, struct text *value, const char *start)
{
	struct text name = { 0 }, operator= { 0 };

	if (peek(lexer) == END || strchr("{}:", peek(lexer)))
		return refuse(lexer, "it holds a '${' that names no variable");
	name = read_name(lexer);
	operator= next(lexer);
	if (operator.length != 1 || !* operator.bytes)
		return refuse(lexer, "it holds a '${' without its '}'");
	if (*operator.bytes == '}') {
		struct text written = { start, (size_t)(lexer->rest.bytes - start) };

		if (!look_up(lexer, value, name) && lexer->words->keep_unset)
			return keep(lexer, value, written);
		return true;
	}
	if (*operator.bytes == '/')
		return substitute(lexer, value, name);
	if (*operator.bytes == ':') {
		operator= next(lexer);
		return apply(lexer, value, name, operator.length == 1 ? *operator.bytes : '\0',
			     true);
	}
	if (!strchr("+-?#%", *operator.bytes))
		return refuse(lexer, "it uses an operator in '${...}' that is not supported");
	return apply(lexer, value, name, *operator.bytes, false);
}

static bool read_dollar(struct lexer *lexer, struct text *value)
{
	const char *start = lexer->rest.bytes;
	struct text name = { 0 };

	next(lexer);
	if (peek(lexer) == '{') {
		next(lexer);
		return read_braces(lexer, value, start);
	}
	name = read_name(lexer);
	if (name.length == 0)
		return keep(lexer, value, (struct text){ "$", 1 });
	if (!look_up(lexer, value, name) && lexer->words->keep_unset)
		return keep(lexer, value, (struct text){ start, name.length + 1 });
	return true;
}

static bool read_single_quotes(struct lexer *lexer)
{
	struct text quote = next(lexer), body = lexer->rest;
	size_t end = slice_find(body, '\'');

	if (end == body.length)
		return refuse(lexer, "it holds a single quote without its end");
	lexer->rest = slice_from(body, end + 1);
	lexer->in_word = true;
	if (lexer->words->raw_quotes)
		return add(lexer, (struct text){ quote.bytes, end + 2 });
	return add(lexer, slice_upto(body, end));
}

static bool read_double_quotes(struct lexer *lexer)
{
	const struct words *words = lexer->words;
	struct text quote = next(lexer), one = { 0 };

	lexer->in_word = true;
	if (words->raw_quotes && !add(lexer, quote))
		return false;
	while (peek(lexer) != '"') {
		if (peek(lexer) == END)
			return refuse(lexer, "it holds a double quote without its end");
		if (peek(lexer) == '$') {
			if (!read_dollar(lexer, &one) || !add(lexer, one))
				return false;
			continue;
		}
		one = next(lexer);
		if (*one.bytes == words->escape) {
			int after = peek(lexer);

			if (lexer->raw_escapes && !add(lexer, one))
				return false;
			if (after == END)
				continue;
			if (after == '"' || after == '$' || after == words->escape)
				one = next(lexer);
		}
		if (!add(lexer, one))
			return false;
	}
	quote = next(lexer);
	return !words->raw_quotes || add(lexer, quote);
}

/* The blanks behind "<<" belong to its word, so that "<< EOF" is one. */
static bool read_less(struct lexer *lexer)
{
	struct text start = lexer->rest;

	next(lexer);
	if (peek(lexer) == '<') {
		next(lexer);
		while (peek(lexer) == ' ' || peek(lexer) == '\t')
			next(lexer);
	}
	return add(lexer, slice_upto(start, start.length - lexer->rest.length));
}

static bool read_plain(struct lexer *lexer, bool *over)
{
	struct text one = next(lexer);

	if (*one.bytes != lexer->words->escape)
		return add_splitting(lexer, one);
	if (lexer->raw_escapes && !add(lexer, one))
		return false;
	one = next(lexer);
	*over = one.length == 0;
	return *over || add(lexer, one);
}

/* One character, quotation or variable further. */
static bool read_one(struct lexer *lexer, bool *over)
{
	struct text value = { 0 };

	switch (peek(lexer)) {
	case '$':
		return read_dollar(lexer, &value) && add_splitting(lexer, value);
	case '\'':
		return read_single_quotes(lexer);
	case '"':
		return read_double_quotes(lexer);
	case '<':
		return read_less(lexer);
	default:
		return read_plain(lexer, over);
	}
}

static bool read_until(struct lexer *lexer, int stop, bool raw_escapes)
{
	bool before = lexer->raw_escapes;
	bool over = false;

	lexer->raw_escapes = raw_escapes;
	while (!over && peek(lexer) != END && peek(lexer) != stop)
		if (!read_one(lexer, &over))
			return false;
	lexer->raw_escapes = before;
	if (stop == END)
		return true;
	if (peek(lexer) != stop)
		return refuse(lexer, "it holds a '${' without its '}'");
	next(lexer);
	return true;
}

static bool read_all(struct lexer *lexer)
{
	lexer->words->error = NULL;
	lexer->words->over_limit = false;
	return read_until(lexer, END, lexer->words->raw_escapes);
}

bool words_expand(struct words *words, struct text *result, struct text word)
{
	struct lexer lexer = { .words = words, .rest = word };
	bool done = read_all(&lexer);

	result->length = lexer.out.length;
	result->bytes = arena_copy(words->arena, buf_text(&lexer.out), lexer.out.length);
	if (done && result->length > MAX_WORD_LENGTH && result->length > word.length)
		done = refuse_limit(&lexer, "its variables make a word too long");
	buf_release(&lexer.out);
	return done;
}

bool words_split(struct words *words, struct texts *list, struct text line)
{
	struct lexer lexer = { .words = words, .rest = line, .list = list };
	bool done = read_all(&lexer);

	end_word(&lexer);
	buf_release(&lexer.out);
	return done;
}
