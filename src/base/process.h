#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include "base/buf.h"
#include "base/throwaway.h"

#define PROCESS_NOT_RUN 127 /* the status of what cannot be run, as a shell has it */

/* Another program to run. */
struct process {
	const char *directory;
	const char **words;       /* its name and its arguments, ended by NULL */
	const char *const *unset; /* variables that it does not get, ended by NULL; NULL: none */

	/* Not NULL: it works there, on its own: without input, in a session of its own that ends
	 * with the place, and what it says to standard error is taken in too. */
	const struct throwaway *place;
};

/*
 * Run it to its end, and take in what it says to standard output. *status is its exit status,
 * PROCESS_NOT_RUN, or more than 128 where a signal ended it. 0, or -1: also where the time
 * of this run is up; then it is killed.
 */
int process_run(int *status, struct buf *output, const struct process *process);

#endif
