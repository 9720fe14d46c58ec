#ifndef BASE_PAIR_H
#define BASE_PAIR_H

#include <stdbool.h>
#include <stddef.h>

/* One of two threads that share items out: one of them begins with the first item, the other with
 * the last, until they meet. */
struct pair_half;

/* What each of them does: take items until none is left. */
typedef void pair_job(struct pair_half *half, void *context);

/* Work on so many items here and in a second thread, each with a context of its own, until both are
 * done. False, and nothing was done, where no second thread is to be had. */
bool pair_work(size_t count, pair_job *job, void *ours, void *others);

/* The next item. False: none is left. */
bool pair_take(struct pair_half *half, size_t *item);

/* None is left for either. */
void pair_stop(struct pair_half *half);

#endif
