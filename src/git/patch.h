#ifndef GIT_PATCH_H
#define GIT_PATCH_H

#include "base/buf.h"
#include "git/repository.h"

/* Add the change of one file as `git diff` shows it, so that `git apply` takes it. bytes NULL
 * before: it is new; after: it is removed. 0, or -1. */
int patch_add(struct buf *out, const char *path, struct text before, struct text after);

/* Is the file in the work tree as HEAD has it? 1 or 0, or -1. */
int patch_is_clean(struct repository *repository, const char *path);

#endif
