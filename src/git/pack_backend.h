#ifndef GIT_PACK_BACKEND_H
#define GIT_PACK_BACKEND_H

#include <git2.h>

#include "base/vec.h"
#include "git/pack.h"

struct pack_backend;

/* As loose_backend_add(), for packed objects. What it does not read it leaves to libgit2. The
 * backend is good as long as the odb. */
int pack_backend_add(struct pack_backend **added, git_odb *odb, struct arena *arena,
		     const struct strings *directories, int priority);

/* An object without libgit2 in between, until the next one is read. NULL: it is not packed, or
 * libgit2 knows what to say of it. */
const struct pack_object *pack_backend_read(struct pack_backend *backend, const git_oid *id);

#endif
