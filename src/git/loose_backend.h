#ifndef GIT_LOOSE_BACKEND_H
#define GIT_LOOSE_BACKEND_H

#include <git2.h>

#include "base/vec.h"

/*
 * The loose objects of some directories, as libgit2 asks for them: an object that is damaged is a
 * failure that names its file. The directories live in the arena, as it does itself. 0, or -1.
 */
int loose_backend_add(git_odb *odb, struct arena *arena, const struct strings *directories,
		      int priority);

#endif
