#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * Paths inside a repository: components joined by '/', relative to its root, without "." or ".."
 * or empty components; the root itself is ".".
 */

/* path as seen from directory (itself normalised), or NULL where it is absolute or leaves the
 * root. "a/./b//c/.." becomes "a/b". */
const char *path_normalise(struct arena *arena, const char *directory, const char *path);

/* directory/name, without the "." of the root. */
const char *path_join(struct arena *arena, const char *directory, const char *name);

/* What stands before the last '/', else "."; and what stands behind it. */
const char *path_directory(struct arena *arena, const char *path);
const char *path_name(const char *path);

/* path as seen from a directory, both from the root: "../b/c" of "b/c" in "a". */
const char *path_relative(struct arena *arena, const char *directory, const char *path);

/* Is path the directory itself or below it? Everything is below ".". */
bool path_is_within(const char *path, const char *directory);

/* A path of the file system made absolute, links followed (realpath(3)): 1 and *real; 0 where there
 * is nothing; or -1. */
int path_real(const char **real, struct arena *arena, const char *path);

#endif
