#ifndef GIT_HOOK_FILES_H
#define GIT_HOOK_FILES_H

#include "git/repository.h"

/*
 * The directory that Git runs this repository's hooks from, as Git itself says: core.hooksPath
 * where the repository or the worktree sets it (a relative one is taken from where Git runs the
 * hook: for those of a server that is its own directory), else `hooks` in the common directory.
 * One that is empty or that anything else sets (the user, the system, the command line) is a
 * failure: hooks put there would run in every repository, and hooks put here would not run. In
 * the arena. 0, or -1.
 */
int hook_directory(struct repository *repository, const char **directory, bool of_server);

/* What became of one hook. */
enum hook_change {
	HOOK_UNCHANGED, /* it is as it should be already */
	HOOK_INSTALLED,
	HOOK_CHAINED, /* installed; the one that was there runs before it */
	HOOK_REMOVED,
	HOOK_RESTORED, /* removed; the one that was there before is back */
};

/*
 * Put a hook into a directory that runs `program hook NAME -- ARGUMENTS`. One of somebody else is
 * kept beside it, and runs first with the same arguments and input. 0, or -1.
 */
int hook_install(enum hook_change *change, const char *directory, const char *name,
		 const char *program);

/* Take ours away, and put back what was there before it, as it was. 0, or -1. */
int hook_uninstall(enum hook_change *change, const char *directory, const char *name);

#endif
