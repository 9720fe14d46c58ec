#ifndef GIT_PACK_BACKEND_H
#define GIT_PACK_BACKEND_H

#include "git/packs.h"

/* As loose_backend_add(), for packed objects. What it does not read it leaves to libgit2. The packs
 * are there as long as the odb. */
int pack_backend_add(struct packs **packs, git_odb *odb, struct arena *arena,
		     const struct strings *directories, int priority);

#endif
