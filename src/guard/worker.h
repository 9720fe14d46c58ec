#ifndef GUARD_WORKER_H
#define GUARD_WORKER_H

#include <signal.h>
#include <sys/types.h>

#include "guard/guard.h"

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
