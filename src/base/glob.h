#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include <stdbool.h>

#include "base/vec.h"

#define GLOB_ALTERNATIVES 256 /* of one pattern, when all its braces are multiplied out */

/*
 * Patterns of a policy, anchored at the root: '*' and '?' do not cross '/', "**" does, {a,b}
 * alternates. "**" that is a whole component, with the '/' behind it, also stands for no directory
 * at all, so that "**" before "/vendor/x" matches "vendor/x" too. "{{" is two braces, as templates
 * of paths have them. Every other character stands for itself.
 */

/* Is the pattern one: braces that close, none inside another, not too many of them? */
bool glob_is_valid(const char *pattern);

/* Patterns without braces that together match what pattern matches. */
void glob_expand(struct strings *patterns, struct arena *arena, const char *pattern);

/* Does a pattern without braces match the whole path? With crossing a '*' crosses '/' too. */
bool glob_matches(const char *pattern, const char *path, bool crossing);

/* Does any of them? */
bool globs_match(const struct strings *patterns, const char *path);

#endif
