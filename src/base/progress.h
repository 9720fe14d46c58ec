#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stddef.h>

#define PROGRESS_DELAY 500    /* milliseconds that a run takes before it shows how far it is */
#define PROGRESS_INTERVAL 100 /* milliseconds from one picture to the next */

/*
 * How far a run is, for somebody who waits at a terminal: one line on standard error that is
 * written again and again, and taken away before anything else is written there. Where standard
 * error is no terminal, or another job's, there is nothing. As of the deadline, there is one for
 * the process.
 */

/* The run begins. Where this is not called nothing is shown. */
void progress_start(void);

/* So many commits of all have been judged; of one alone there is nothing to show. */
void progress_show(size_t done, size_t all);

/* Take the line away, if it is there. Safe in a signal handler. */
void progress_clear(void);

#endif
