#ifndef GUARD_WORKER_H
#define GUARD_WORKER_H

#include <signal.h>
#include <sys/types.h>

#include "guard/guard.h"

#define MAX_WORKER_MEMORY (1024ull << 20) /* bytes of data; what is mapped from files is none */
#define MAX_WORKER_FILES 8192u            /* open at a time */

/* What the supervisor hands to its worker. */
struct worker_start {
	pid_t supervisor;
	int answer;       /* where it writes its frame */
	sigset_t signals; /* that are blocked as they were */
};

/* Become a worker, right after fork(2): what it says from now on goes into its answer, and it has
 * its limits. 0, or -1. */
int worker_begin(const struct worker_start *start, const struct guard *guard);

/* The file descriptor of its answer: where alone it writes. */
int worker_answer(void);

#endif
