#ifndef GUARD_GUARD_H
#define GUARD_GUARD_H

#include "base/vec.h"

/* How a run is guarded. */
struct guard {
	unsigned seconds;            /* that it may take, as for deadline_start() */
	const char *advice;          /* what to do where they are not enough */
	const struct strings *files; /* the only ones that may be written */
};

enum guarded {
	GUARD_FAILED = -1,  /* there is no verdict, and the failure that says why is recorded */
	GUARD_WORKER = 0,   /* this is the worker: do the work */
	GUARD_ANSWERED = 1, /* the worker did it, and what it said was written */
};

/*
 * Go on in a process of its own, the worker. It may crash, hang or run out of memory: it only says
 * what is to be written and the status, and its supervisor, which reads nothing but that, takes it
 * only if it is whole and the worker ended as it said. Returns twice, as fork(2) does: in the
 * worker; and in the supervisor when that has ended, *status being what it answered, or with a
 * failure recorded where what it said could not be written.
 *
 * Each dies when the process that started it does.
 */
enum guarded guard_start(int *status, struct arena *arena, const struct guard *guard);

/* The end of main(): a worker answers. The status to end with, that of its own elsewhere. */
int guard_finish(int status);

#endif
