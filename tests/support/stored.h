#ifndef TESTS_SUPPORT_STORED_H
#define TESTS_SUPPORT_STORED_H

#include <git2.h>

#include "syntax/text.h"

/* Store an object in memory and have libgit2 read it, for fuzz targets that compare: NULL where it
 * cannot. The caller frees it, then calls stored_forget(). */
git_object *stored(struct text content, git_object_t type);

void stored_forget(void);

#endif
