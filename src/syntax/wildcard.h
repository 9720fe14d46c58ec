#ifndef SYNTAX_WILDCARD_H
#define SYNTAX_WILDCARD_H

#include <stdbool.h>

#include "syntax/text.h"

/*
 * Patterns of .gitignore and .gitattributes (Git wildmatch.c with WM_PATHNAME): '*', '?' and
 * [a-z] match no '/'; '**' between slashes, or between a slash and an end, stands for any number
 * of directories; a backslash makes the next character plain. A class that does not end, or is of
 * a name that nobody knows, matches nothing.
 */

/* How long the part is that stands for itself: up to the first special character. */
size_t wildcard_plain(struct text pattern);

/*
 * Does the pattern match all of the path? reached is room for a byte more than the path has. Takes
 * pattern times path steps, whatever the pattern.
 */
bool wildcard_matches(struct text pattern, struct text path, char *reached);

#endif
