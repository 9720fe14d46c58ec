#ifndef SYNTAX_WORDS_H
#define SYNTAX_WORDS_H

#include <stdbool.h>

#include "base/map.h"
#include "base/vec.h"
#include "syntax/text.h"

struct texts VEC(struct text);

/*
 * Quotes, escapes and variables of the words of a Dockerfile, as BuildKit shell/lex.go takes them.
 * The settings stand first; what a call finds out last.
 */
struct words {
	struct arena *arena;                    /* results live here */
	const struct map *values;               /* variables: const char * by name; NULL: none */
	const char *(*below)(const char *name); /* those of other names; NULL: none */
	char escape;                            /* '\\' or '`' */
	bool raw_quotes;                        /* quotes stay */
	bool no_quotes;                         /* quotes are letters like others */
	bool raw_escapes;                       /* escape characters stay */
	bool keep_unset; /* variables without value stay as they are written */
	size_t limit;    /* steps that all calls together may take */

	size_t steps;         /* that were taken */
	const char *error;    /* why the last call failed */
	bool over_limit;      /* it failed for a limit of ours, not for the builder's grammar */
	bool wants_value;     /* it failed for the variable named last, which has no value */
	struct strings names; /* variables that were asked for, by all calls since it was emptied */
};

/* A word with its variables put in; its quotes, and a byte order mark before it, taken away. False:
 * error says why. */
bool words_expand(struct words *words, struct text *result, struct text word);

/* The words of a line, split after variables are put in. False: error says why. */
bool words_split(struct words *words, struct texts *list, struct text line);

#endif
