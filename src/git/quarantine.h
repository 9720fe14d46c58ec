#ifndef GIT_QUARANTINE_H
#define GIT_QUARANTINE_H

#include <git2.h>

#include "base/arena.h"

/*
 * Make the objects visible that Git keeps apart until a hook accepts them (git-receive-pack(1)
 * "Quarantine environment"), and those that it names as alternates: GIT_QUARANTINE_PATH,
 * GIT_OBJECT_DIRECTORY and GIT_ALTERNATE_OBJECT_DIRECTORIES, whose entries may be quoted. Objects
 * can only be added this way, so a wrong variable hides nothing. 0, or -1.
 */
int quarantine_add(git_odb *odb, struct arena *arena);

#endif
