#ifndef BASE_PRESENT_H
#define BASE_PRESENT_H

#include <stdbool.h>
#include <sys/stat.h>

/* Does an errno say that there is nothing at a path? Any other one says that nobody may know. */
bool present_not(int error);

/* What is at a path of the file system: 1 and *status; 0 where there is nothing; or -1. A link is
 * looked at itself. */
int present(struct stat *status, const char *path);

/* The same of what the link leads to. */
int present_behind(struct stat *status, const char *path);

#endif
