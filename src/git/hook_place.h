#ifndef GIT_HOOK_PLACE_H
#define GIT_HOOK_PLACE_H

#include "git/repository.h"

/* Where Git looks for the hooks of a repository. */
struct hook_place {
	const char *directory; /* absolute */
	const char *scope; /* of the file that sets core.hooksPath (git-config(1)); NULL: none */
	bool is_own;       /* nothing sets it, or this repository or worktree itself */
	bool is_empty;     /* it is set to nothing */
};

/*
 * The place as Git itself says: core.hooksPath where anything sets it (a relative one is taken
 * from where Git runs the hook: for those of a server that is its own directory), else `hooks` in
 * the common directory. In the arena of the repository. 0, or -1.
 */
int hook_place_find(struct hook_place *place, struct repository *repository, bool of_server);

/*
 * The directory where hooks of this repository may be put. A place that is empty or that anything
 * else sets (the user, the system, the command line) is a failure: hooks put there would run in
 * every repository, and hooks put here would not run. 0, or -1.
 */
int hook_directory(struct repository *repository, const char **directory, bool of_server);

#endif
