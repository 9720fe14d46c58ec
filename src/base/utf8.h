#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* The code point at the start of bytes into *codepoint, and how many bytes it takes. Ill-formed:
 * 0xFFFD, and the length of the maximal subpart (Unicode 3.9, as Python and browsers replace). */
size_t utf8_decode(unsigned *codepoint, const char *bytes, size_t length);

bool utf8_is_valid(const char *bytes, size_t length);

/* How many code points; each ill-formed subpart counts as one. */
size_t utf8_count(const char *bytes, size_t length);

/* A copy in which every ill-formed subpart is U+FFFD. */
const char *utf8_replace(struct arena *arena, const char *text);

/* Does this code point move a cursor, hide or reorder text: controls, bidirectional marks and
 * overrides, line separators, zero-width characters? */
bool utf8_is_unprintable(unsigned codepoint);

/* Would a log reader take what begins here for a command? GitHub's and Azure's look for "::" at
 * the start of a line (leading: only white space was before it), for the others anywhere in it. */
bool utf8_starts_command(const char *text, bool leading);

/*
 * A copy that is safe to show to a person or a CI log: ill-formed bytes and control characters
 * become \xHH or \u{H}, and a text can start no workflow command of GitHub, Azure or TeamCity
 * ("##[", "##vso[", "##teamcity[" anywhere, "::" first but for white space), since the first
 * character of one is escaped. With ascii every code point past 0x7E is escaped as well.
 */
const char *utf8_clean(struct arena *arena, const char *text, bool ascii);

#endif
