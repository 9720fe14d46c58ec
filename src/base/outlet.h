#ifndef BASE_OUTLET_H
#define BASE_OUTLET_H

#include <stddef.h>

/* A part of what a process says. */
struct outlet_part {
	int fd;           /* STDOUT_FILENO or STDERR_FILENO; -1: a file, to be replaced whole */
	const char *file; /* its path; NULL for a stream */
	const char *bytes;
	size_t length;
};

/*
 * Where all that a process says goes, if not to its standard streams and files: a process that may
 * not write has another one do it (guard/guard.h). Neither function allocates, or is called twice
 * at a time.
 */
struct outlet {
	int (*put)(const struct outlet_part *part); /* 0, or -1 with errno */
	int (*end)(int status);                     /* nothing more comes; 0, or -1 with errno */
};

/* From now on. As of the deadline, there is one for the process. */
void outlet_set(const struct outlet *outlet);

/* NULL: there is none, and everybody writes by himself. */
const struct outlet *outlet_get(void);

#endif
