#ifndef BASE_SHARE_H
#define BASE_SHARE_H

#include <stdbool.h>
#include <stddef.h>

/* One of two threads that share items out: one of them begins with the first item, the other with
 * the last, until they meet. */
struct sharer;

/* What each of them does: take items until none is left. */
typedef void share_work(struct sharer *sharer, void *context);

/* Work on so many items here and in a second thread, each with a context of its own, until both are
 * done. False, and nothing was done, where no second thread is to be had. */
bool share_out(size_t count, share_work *work, void *ours, void *others);

/* The next item. False: none is left. */
bool share_take(struct sharer *sharer, size_t *item);

/* None is left for either. */
void share_stop(struct sharer *sharer);

#endif
