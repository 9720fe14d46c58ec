#ifndef GIT_ENCLOSED_H
#define GIT_ENCLOSED_H

#include <git2.h>

#include "base/arena.h"

/*
 * A repository that was found on the way up from a directory must not be one that another has among
 * its files: it came with them, and would be judged in the place of what holds it. 0, or -1.
 */
int enclosed_check(struct arena *arena, git_repository *found, const char *directory);

#endif
