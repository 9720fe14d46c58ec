#ifndef BASE_DEADLINE_H
#define BASE_DEADLINE_H

#define DEADLINE_GRACE 5 /* seconds to end in once the time is up */

/*
 * How long a run may take. What may last asks for it where it can end in good order, so that what
 * is known by then is still told. From the deadline on a signal interrupts system calls that wait,
 * once a second; where even that leads to no end, the process ends with status 3 by itself.
 */

/* From now on there are so many seconds. */
void deadline_start(unsigned seconds);

/* 0, or -1 with a failure once the time is up. */
int deadline_check(void);

#endif
