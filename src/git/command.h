#ifndef GIT_COMMAND_H
#define GIT_COMMAND_H

#include "base/buf.h"
#include "git/repository.h"

/*
 * What `git ARGUMENTS...` prints when run in a repository, for the few things that libgit2 cannot
 * do; arguments end with NULL. Replace refs do not count, as for everything else; nor do other
 * indexes and objects than its own, but for a hook. 0, or -1.
 */
int git_command(struct buf *output, struct repository *repository, const char *const *arguments);

#endif
