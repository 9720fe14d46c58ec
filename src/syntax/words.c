#include "syntax/words.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "syntax/lexer.h"
#include "syntax/slice.h"

int lexer_peek(const struct lexer *lexer)
{
	return lexer->rest.length ? (unsigned char)*lexer->rest.bytes : LEXER_END;
}

/* The next character, a code point of several bytes as a whole. */
struct text lexer_next(struct lexer *lexer)
{
	struct text one = { lexer->rest.bytes, 0 };
	unsigned codepoint = 0;

	if (lexer->rest.length)
		one.length = utf8_decode(&codepoint, one.bytes, lexer->rest.length);
	lexer->rest = slice_from(lexer->rest, one.length);
	return one;
}

bool lexer_refuse(struct lexer *lexer, const char *error)
{
	lexer->words->error = error;
	return false;
}

/* "its variables make a word of more than 65536 bytes" */
static bool refuse_limit(struct words *words, const char *verb, size_t limit, const char *unit)
{
	words->over_limit = true;
	words->error =
		arena_printf(words->arena, "its variables %s more than %zu %s", verb, limit, unit);
	return false;
}

bool words_take_steps(struct words *words, size_t steps)
{
	if (steps <= words->limit - words->steps) {
		words->steps += steps;
		return true;
	}
	words->steps = words->limit;
	return refuse_limit(words, "take", words->limit, "steps to expand");
}

static bool add(struct lexer *lexer, struct text text)
{
	struct words *words = lexer->words;

	if (!words_take_steps(words, text.length))
		return false;
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
		struct text one = lexer_next(&reader);

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
bool lexer_read_part(struct lexer *lexer, struct text *part, char stop, bool raw_escapes)
{
	size_t mark = lexer->out.length;
	bool done = false;

	if (lexer->depth == MAX_WORD_NESTING)
		return refuse_limit(lexer->words, "are nested", MAX_WORD_NESTING, "deep");
	lexer->depth++;
	done = read_until(lexer, stop, raw_escapes);
	lexer->depth--;
	part->length = lexer->out.length - mark;
	part->bytes = arena_copy(lexer->words->arena, buf_text(&lexer->out) + mark, part->length);
	lexer->out.length = mark;
	return done;
}

static bool read_single_quotes(struct lexer *lexer)
{
	struct text quote = lexer_next(lexer), body = lexer->rest;
	size_t end = slice_find(body, '\'');

	if (end == body.length)
		return lexer_refuse(lexer, "it holds a single quote without its end");
	lexer->rest = slice_from(body, end + 1);
	lexer->in_word = true;
	if (lexer->words->raw_quotes)
		return add(lexer, (struct text){ quote.bytes, end + 2 });
	return add(lexer, slice_upto(body, end));
}

static bool read_double_quotes(struct lexer *lexer)
{
	const struct words *words = lexer->words;
	struct text quote = lexer_next(lexer), one = { 0 };

	lexer->in_word = true;
	if (words->raw_quotes && !add(lexer, quote))
		return false;
	while (lexer_peek(lexer) != '"') {
		if (lexer_peek(lexer) == LEXER_END)
			return lexer_refuse(lexer, "it holds a double quote without its end");
		if (lexer_peek(lexer) == '$') {
			if (!lexer_read_variable(lexer, &one) || !add(lexer, one))
				return false;
			continue;
		}
		one = lexer_next(lexer);
		if (*one.bytes == words->escape) {
			int after = lexer_peek(lexer);

			if (lexer->raw_escapes && !add(lexer, one))
				return false;
			if (after == LEXER_END)
				continue;
			if (after == '"' || after == '$' || after == words->escape)
				one = lexer_next(lexer);
		}
		if (!add(lexer, one))
			return false;
	}
	quote = lexer_next(lexer);
	return !words->raw_quotes || add(lexer, quote);
}

/* The blanks behind "<<" belong to its word, so that "<< EOF" is one. */
static bool read_less(struct lexer *lexer)
{
	struct text start = lexer->rest;

	lexer_next(lexer);
	if (lexer_peek(lexer) == '<') {
		lexer_next(lexer);
		while (lexer_peek(lexer) == ' ' || lexer_peek(lexer) == '\t')
			lexer_next(lexer);
	}
	return add(lexer, slice_upto(start, start.length - lexer->rest.length));
}

static bool read_plain(struct lexer *lexer, bool *over)
{
	struct text one = lexer_next(lexer);

	if (*one.bytes != lexer->words->escape)
		return add_splitting(lexer, one);
	if (lexer->raw_escapes && !add(lexer, one))
		return false;
	one = lexer_next(lexer);
	*over = one.length == 0;
	return *over || add(lexer, one);
}

/* One character, quotation or variable further. */
static bool read_one(struct lexer *lexer, bool *over)
{
	struct text value = { 0 };
	int next = lexer_peek(lexer);

	if (lexer->words->no_quotes && (next == '\'' || next == '"'))
		return read_plain(lexer, over);
	switch (next) {
	case '$':
		return lexer_read_variable(lexer, &value) && add_splitting(lexer, value);
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

/* Characters that stand for themselves, up to one that does not or ends it all. */
static struct text take_run(struct lexer *lexer, int stop)
{
	struct text rest = lexer->rest;
	size_t length = 0;

	while (length < rest.length && rest.bytes[length] != lexer->words->escape &&
	       (unsigned char)rest.bytes[length] != stop && !strchr("$'\"<", rest.bytes[length]))
		length++;
	lexer->rest = slice_from(rest, length);
	return slice_upto(rest, length);
}

static bool read_until(struct lexer *lexer, int stop, bool raw_escapes)
{
	bool before = lexer->raw_escapes;
	bool over = false;

	lexer->raw_escapes = raw_escapes;
	while (!over && lexer_peek(lexer) != LEXER_END && lexer_peek(lexer) != stop) {
		struct text run = take_run(lexer, stop);

		if (!(run.length > 0 ? add_splitting(lexer, run) : read_one(lexer, &over)))
			return false;
	}
	lexer->raw_escapes = before;
	if (stop == LEXER_END)
		return true;
	if (lexer_peek(lexer) != stop)
		return lexer_refuse(lexer, "it holds a '${' without its '}'");
	lexer_next(lexer);
	return true;
}

static void forget(struct words *words)
{
	words->error = NULL;
	words->over_limit = false;
	words->wants_value = false;
}

static bool read_all(struct lexer *lexer)
{
	forget(lexer->words);
	return read_until(lexer, LEXER_END, lexer->words->raw_escapes);
}

/* Most words hold nothing that stands for something else. */
static bool is_plain(const struct words *words, struct text word)
{
	for (size_t i = 0; i < word.length; i++) {
		char byte = word.bytes[i];

		if (byte == '$' || byte == '"' || byte == '\'' || byte == words->escape)
			return false;
	}
	return true;
}

bool words_expand(struct words *words, struct text *result, struct text word)
{
	struct lexer lexer = { .words = words };
	bool done = true;

	word = slice_skip_mark(word);
	lexer.rest = word;
	if (word.length <= words->limit - words->steps && is_plain(words, word)) {
		forget(words);
		words->steps += word.length;
		*result = (struct text){ slice_string(words->arena, word), word.length };
		return true;
	}
	done = read_all(&lexer);
	result->length = lexer.out.length;
	result->bytes = arena_copy(words->arena, buf_text(&lexer.out), lexer.out.length);
	if (done && result->length > MAX_WORD_LENGTH && result->length > word.length)
		done = refuse_limit(words, "make a word of", MAX_WORD_LENGTH, "bytes");
	buf_release(&lexer.out);
	return done;
}

bool words_split(struct words *words, struct texts *list, struct text line)
{
	struct lexer lexer = { .words = words, .rest = slice_skip_mark(line), .list = list };
	bool done = read_all(&lexer);

	end_word(&lexer);
	buf_release(&lexer.out);
	return done;
}
