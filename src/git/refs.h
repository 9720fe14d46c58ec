#ifndef GIT_REFS_H
#define GIT_REFS_H

#include "base/vec.h"
#include "git/ref_updates.h"
#include "git/repository.h"

/* A ref and the object it names, or what that one, a tag, is of. */
struct ref {
	const char *name;
	git_oid id;
};

struct refs VEC(struct ref);

/* Every ref but the symbolic ones, whose targets are refs of their own. One that is broken is left
 * out. 0, or -1. */
int refs_read(struct refs *refs, struct repository *repository);

/* On from a symbolic ref to the one that it ends at, which need not be there. 0, or -1. */
int ref_follow(const char **name, struct repository *repository);

/* Set the target of each. 0, or -1. */
int ref_updates_follow(struct ref_updates *updates, struct repository *repository);

#endif
