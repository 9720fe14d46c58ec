#ifndef SYNTAX_LEXER_H
#define SYNTAX_LEXER_H

#include "base/buf.h"
#include "syntax/words.h"

/* The inside of words.h, which words.c, variable.c and patterns share. */

#define LEXER_END (-1)

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

/* The next byte, or LEXER_END. */
int lexer_peek(const struct lexer *lexer);

/* Take the next character, a code point of several bytes as a whole; empty at the end. */
struct text lexer_next(struct lexer *lexer);

/* Say why the word cannot be read. Returns false: return lexer_refuse(lexer, "..."); */
bool lexer_refuse(struct lexer *lexer, const char *error);

/* Count steps against the limit. False where they are past it: the word cannot be read. */
bool words_take_steps(struct words *words, size_t steps);

/* What stands up to a character, on its own. */
bool lexer_read_part(struct lexer *lexer, struct text *part, char stop, bool raw_escapes);

/* The length of the name that the text begins with: letters, digits and '_'. */
size_t lexer_name_length(struct text text);

/* The value of the variable that begins with the next '$'. */
bool lexer_read_variable(struct lexer *lexer, struct text *value);

#endif
