#ifndef GIT_OBJECTS_H
#define GIT_OBJECTS_H

#include <git2.h>
#include <stdbool.h>

#include "base/vec.h"

/* Where objects come from. */
struct object_store {
	git_odb *odb;                      /* the caller frees it */
	struct packs *packs;               /* of the odb */
	const struct strings *directories; /* all there are, absolute; in the arena */
};

/*
 * The objects of a repository whose own are in a directory: libgit2 reads the packs and we the
 * loose ones, which are asked for last. Added are those that Git keeps apart until a hook accepts
 * them (git-receive-pack(1) "Quarantine environment") and those that it names as alternates:
 * GIT_QUARANTINE_PATH, GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES, whose entries may be
 * quoted, where the environment counts; and the file info/alternates of each directory. Objects can
 * only be added this way, so a wrong variable hides nothing. 0, or -1: store->odb may be there
 * then.
 */
int objects_open(struct object_store *store, struct arena *arena, const char *directory,
		 bool with_environment);

#endif
