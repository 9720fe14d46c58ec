#ifndef GIT_MAPPED_H
#define GIT_MAPPED_H

#include <stdbool.h>

#include "syntax/text.h"

/* Map a regular file that is not empty; it stays as it was, whatever becomes of its name. False: it
 * is not there, or cannot be read. */
bool mapped_open(struct text *bytes, const char *path);

/* Also where nothing was mapped. */
void mapped_close(struct text bytes);

#endif
