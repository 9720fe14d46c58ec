#ifndef GIT_WORKTREE_H
#define GIT_WORKTREE_H

#include "git/index.h"
#include "model/snapshot.h"

/*
 * A snapshot of the files below a directory. With a repository: its work tree, tracked and
 * untracked files less what Git ignores; without one: every file, `.git` excepted. Links are not
 * followed. A directory that may not be read is listed as closed where nothing in it is tracked,
 * and else is a failure. 0, or -1.
 */
int worktree_snapshot(struct snapshot *snapshot, struct arena *arena, const char *root,
		      struct index *index, watcher *watches);

#endif
