#ifndef TESTS_SUPPORT_SCRATCH_H
#define TESTS_SUPPORT_SCRATCH_H

#include "syntax/text.h"

/* For fuzz targets of what reads files: a directory in memory, "/dev/shm/...", made when it is
 * first asked for; it goes away with the program, and so does what scratch_write() put there. */
const char *scratch_directory(void);

/* Write a file, whose directories are made, too; name is as seen from there. */
void scratch_write(const char *name, struct text content);

/* Take a file away, where it is there. */
void scratch_remove(const char *name);

#endif
