#ifndef GIT_REFS_FILES_H
#define GIT_REFS_FILES_H

#include "git/refs.h"

/*
 * Every ref that is kept in files (gitrepository-layout(5) refs, packed-refs), but symbolic ones,
 * in no order. What packed-refs says that a tag is of stands in the tag's place. 0; 1 where
 * something is unusual, and what was found is not to be used.
 */
int refs_read_files(struct refs *refs, struct repository *repository);

#endif
