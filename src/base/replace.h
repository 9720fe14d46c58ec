#ifndef BASE_REPLACE_H
#define BASE_REPLACE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/vec.h"

/* A file of the file system as it is to be. */
struct replacement {
	const char *path;
	const char *bytes; /* NULL: gone, unless it comes from somewhere */
	size_t length;
	mode_t mode;      /* 0: that of the old file, which has to be there, and no link */
	const char *from; /* not NULL: what stands there takes the place, as it is */
	const char *kept; /* not NULL: the old file keeps this name, which is free */

	/* replace_all()'s own. */
	const char *temporary; /* the new file, until it takes its place */
	const char *aside;     /* the old one, from then on */
	bool is_there, is_aside, is_placed;
};

struct replacements VEC(struct replacement);

/*
 * Replace all of some files, or none: each is written beside the old one first, then all take their
 * places. No signal ends the program in between. 0, or -1; then every file is as it was, unless the
 * failure says that one could not be put back, or not be removed.
 */
int replace_all(struct arena *arena, struct replacements *replacements);

#endif
