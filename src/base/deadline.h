#ifndef BASE_DEADLINE_H
#define BASE_DEADLINE_H

/*
 * How long a run may take. What may last asks for it where it can end in good order, so that what
 * is known by then is still told. From the deadline on a signal interrupts system calls that wait;
 * where even that leads to no end within another eighth of the time, but at least half a second and
 * at most DEADLINE_GRACE, the process says so and ends with status 3 by itself, wherever it is.
 */
#define DEADLINE_GRACE 5 /* seconds to end in once the time is up */

/* What is said then: the seconds there were, and what to do where they are not enough. */
#define DEADLINE_WORDS "no verdict within %u s; %s"

/* From now on there are so many seconds; advice is what to do where they are
 * not enough. */
void deadline_start(unsigned seconds, const char *advice);

/* How long the end may take once so many seconds are over, in milliseconds. */
unsigned deadline_grace(unsigned seconds);

/* 0, or -1 with a failure once the time is up. */
int deadline_check(void);

#endif
