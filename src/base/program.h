#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include <stdbool.h>

#include "base/arena.h"

#define PROGRAM_MARK                                                                               \
	"@(#)onedockerfile " /* before the version in each of our programs, what(1)                \
			      */

/* The file of the program that is running. 0, or -1. */
int program_self(const char **path, struct arena *arena);

/* The file that a shell runs by this name; NULL: there is none. In the arena. */
const char *program_find(struct arena *arena, const char *name);

/* Are these the same file, whatever their names? */
bool program_is_same(const char *path, const char *other);

/* The version of onedockerfile that a file is, as its bytes tell without running it; NULL: they do
 * not. In the arena. */
const char *program_version(struct arena *arena, const char *path);

#endif
