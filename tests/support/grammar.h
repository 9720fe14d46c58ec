#ifndef TESTS_SUPPORT_GRAMMAR_H
#define TESTS_SUPPORT_GRAMMAR_H

#include <stdbool.h>

#include "syntax/text.h"

/*
 * What may be written where people and log readers see it, for fuzz targets: an implementation of
 * its own of what base/utf8.h promises. Whoever breaks it ends the program.
 */

/* Written in a log: valid UTF-8; of control characters but LF, and what the allowed string has,
 * none; nothing that moves, hides or reorders; no command in any line. */
void require_harmless(struct text text, const char *allowed);

/* The same of a log that has commands of ours: each line is one. */
void require_commands(struct text text);

/* Only these bytes. */
void require_only(const char *text, const char *bytes);

/* Both are the same, or the program ends and shows them. */
void require_same(const char *found, const char *expected);

/* End the program where something is not so. */
void require(bool is_so, const char *what);

/* Cut the next part off the bytes of a fuzzer, which stand between NULs; "" at the end. */
const char *next_part(struct arena *arena, struct text *rest);

#endif
