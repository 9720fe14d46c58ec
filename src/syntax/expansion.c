#include "syntax/expansion.h"

#include <string.h>

#include "base/limits.h"
#include "syntax/slice.h"

/* Does it take paths or ports? */
static bool has_list(const struct instruction *instruction)
{
	enum keyword keyword = instruction->keyword;

	return keyword == KEYWORD_ADD || keyword == KEYWORD_COPY || keyword == KEYWORD_EXPOSE ||
	       keyword == KEYWORD_VOLUME;
}

/* Without one of these nothing can be wrong. */
static bool has_sign(struct text text)
{
	return slice_find(text, '$') < text.length || slice_find(text, '"') < text.length ||
	       slice_find(text, '\'') < text.length;
}

/* What lacks a value here can have one from the image. */
static const char *fault_of(struct words *words, struct text word)
{
	struct text result = { 0 };

	if (words_expand(words, &result, word) || words->wants_value)
		return NULL;
	return arena_printf(words->arena, "'%s' is refused: %s",
			    instruction_shown(words->arena, word), words->error);
}

/* Paths and ports; what is a heredoc is none. */
static const char *fault_of_list(struct words *words, const struct instruction *instruction)
{
	struct texts list = { 0 };
	const char *fault = NULL;

	instruction_list(&list, words->arena, instruction);
	vec_each (const struct text *, item, &list) {
		struct heredoc heredoc = { 0 };

		if (instruction->extras->heredocs.count > 0 &&
		    heredoc_parse(&heredoc, words->arena, *item))
			continue;
		fault = fault ? fault : fault_of(words, *item);
	}
	return fault;
}

/* Where a body may hold variables, its quotes are no quotes, and it is always a backslash that
 * escapes. */
static const char *fault_of_bodies(struct words *words, const struct instruction *instruction)
{
	struct words plain = *words;

	plain.no_quotes = true;
	plain.escape = '\\';
	vec_each (const struct heredoc *, heredoc, &instruction->extras->heredocs) {
		struct text result = { 0 };

		if (heredoc->expand && slice_find(heredoc->body, '$') < heredoc->body.length &&
		    !words_expand(&plain, &result, heredoc->body) && !plain.wants_value)
			return arena_printf(plain.arena, "the heredoc '%s' is refused: %s",
					    instruction_shown(plain.arena, heredoc->name),
					    plain.error);
	}
	return NULL;
}

/* Names and values, each for itself, but no names of arguments; of "NAME value" all that follows is
 * one value. */
static const char *fault_of_pairs(struct words *words, const struct instruction *instruction)
{
	struct text rest = instruction->arguments, word = { 0 };
	bool is_argument = instruction->keyword == KEYWORD_ARG;
	const char *fault = NULL;

	while (!fault && instruction_word(&word, &rest, words->escape)) {
		size_t end = slice_find(word, '=');

		if (!is_argument)
			fault = fault_of(words, slice_upto(word, end));
		if (!fault && end < word.length)
			fault = fault_of(words, slice_from(word, end + 1));
		else if (!fault && !is_argument)
			return fault_of(words, slice_trim(rest));
	}
	return fault;
}

const char *expansion_fault(const struct instruction *instruction, struct arena *arena, char escape)
{
	struct words words = { .arena = arena, .escape = escape, .limit = MAX_EXPANSION };
	const char *fault = NULL;

	if (has_list(instruction) && instruction->extras->heredocs.count > 0)
		fault = fault_of_bodies(&words, instruction);
	if (fault || !has_sign(instruction->arguments))
		return fault;
	if (has_list(instruction))
		return fault_of_list(&words, instruction);
	switch (instruction->keyword) {
	case KEYWORD_ARG:
	case KEYWORD_ENV:
	case KEYWORD_LABEL:
		return fault_of_pairs(&words, instruction);
	case KEYWORD_STOPSIGNAL:
	case KEYWORD_USER:
	case KEYWORD_WORKDIR:
		return fault_of(&words, instruction->arguments);
	default:
		return NULL;
	}
}
