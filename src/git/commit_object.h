#ifndef GIT_COMMIT_OBJECT_H
#define GIT_COMMIT_OBJECT_H

#include <git2.h>
#include <stdint.h>

#include "syntax/text.h"

/* What the header of a commit says, as far as anybody here asks. */
struct commit_object {
	git_oid tree;
	git_oid *parent_ids; /* in the arena */
	size_t parents;
	int64_t date; /* of the committer, seconds; 0 where it cannot be read */
};

/* Read the header of a commit. NULL, or what it lacks. */
const char *commit_object_read(struct commit_object *commit, struct arena *arena, struct text text);

/* The object that a tag is of. NULL, or what the tag lacks. */
const char *tag_object_read(git_oid *object, struct text text);

#endif
