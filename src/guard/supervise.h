#ifndef GUARD_SUPERVISE_H
#define GUARD_SUPERVISE_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "guard/guard.h"

/* Why a worker was killed by its supervisor. */
enum killed {
	KILLED_NOT,
	KILLED_LATE,        /* its time was up */
	KILLED_TALKING,     /* its answer was longer than MAX_ANSWER */
	KILLED_INTERRUPTED, /* somebody wanted the supervisor to end */
	KILLED_BLIND,       /* it cannot be watched */
	KILLED_SHARED,      /* it had ended, but somebody else could still write its answer */
};

/* A worker from its start to its end. */
struct supervision {
	pid_t worker;
	int answer;         /* where it is read; -1: its end has come */
	int signals;        /* a signalfd(2): SIGCHLD, and what asks the supervisor to end */
	long until;         /* milliseconds of the clock when its time is up */
	struct buf bytes;   /* of the answer */
	enum killed killed; /* and by which signal or errno that came about */
	int cause;
	bool has_ended;
	int ended; /* as waitpid(2) has it */
};

/* Read the answer, and wait for the end; whoever does not come to one is killed. */
void supervise(struct supervision *supervision);

/* Milliseconds of a clock that nobody sets. */
long supervise_clock(void);

#endif
