#ifndef BASE_REPLACE_H
#define BASE_REPLACE_H

#include "base/vec.h"

/* A file of the file system as it is to be; bytes NULL: gone. */
struct replacement {
	const char *path;
	const char *bytes;
	size_t length;
	const char *temporary; /* replace_all()'s own */
};

struct replacements VEC(struct replacement);

/*
 * Replace all of some files, or none: each is written beside the old one first, with its mode, then
 * all take their places. 0, or -1; then every file is as it was, unless the failure says that one
 * could not be put back.
 */
int replace_all(struct arena *arena, struct replacements *replacements);

#endif
