#ifndef GIT_PACK_BACKEND_H
#define GIT_PACK_BACKEND_H

#include <git2.h>

#include "base/vec.h"

/* As loose_backend_add(), for packed objects. What it does not read it leaves to libgit2. */
int pack_backend_add(git_odb *odb, struct arena *arena, const struct strings *directories,
		     int priority);

#endif
