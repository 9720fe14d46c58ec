#ifndef GIT_MAPPED_H
#define GIT_MAPPED_H

#include <stdbool.h>
#include <stdint.h>

#include "syntax/text.h"

/* Map a regular file that is not empty; it stays as it was, whatever becomes of its name. False: it
 * is not there, or cannot be read. */
bool mapped_open(struct text *bytes, const char *path);

/* The same, and *file is open. */
bool mapped_open_file(struct text *bytes, int *file, const char *path);

/* A number as the files of Git have it, in four bytes, the highest first. */
static inline uint32_t mapped_number(const void *at)
{
	const unsigned char *bytes = at;

	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

/* Also where nothing was mapped. */
void mapped_close(struct text bytes);

#endif
