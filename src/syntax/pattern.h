#ifndef SYNTAX_PATTERN_H
#define SYNTAX_PATTERN_H

#include "syntax/words.h"

/*
 * Shell patterns of ${V#p}, ${V%p} and ${V/p/r} (BuildKit shell/lex.go): '*' is any text, '?' one
 * code point, a backslash makes these and itself plain. Steps are counted in words->steps.
 */
struct pattern {
	struct text text;
	bool from_end; /* take away at the end, not at the start */
	bool longest;  /* as much as possible, not as little */
};

/* value without what the pattern matches. False: words->error says why. */
bool pattern_trim(struct words *words, struct text *result, const struct pattern *pattern,
		  struct text value);

/* What is put in the place of what matches: of the first match, or of all. */
struct replacement {
	struct text pattern, text;
	bool all;
};

/* value with matches replaced. False: words->error says why. */
bool pattern_replace(struct words *words, struct text *result,
		     const struct replacement *replacement, struct text value);

#endif
