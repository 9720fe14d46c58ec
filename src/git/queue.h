#ifndef GIT_QUEUE_H
#define GIT_QUEUE_H

#include "git/commits.h"

/* A commit's flag: it is in a queue (one at a time). */
#define COMMIT_QUEUED 1u

/* A heap of commits by date, each at most once in it. It counts those that have none of the dull
 * flags, so that a walk knows without looking through it whether one is left that matters. */
struct queue {
	struct arena *arena;
	struct commit_list list;
	bool oldest_first; /* else the newest first */
	unsigned dull;
	size_t lively;
};

void queue_add(struct queue *queue, struct commit *commit);

/* Take the first one out; there must be one. */
struct commit *queue_take(struct queue *queue);

/* No more is taken out: what is left is in no queue, so that it can be in another. */
void queue_end(struct queue *queue);

/* Add flags to a commit, whether it is in the queue or not. */
void queue_mark(struct queue *queue, struct commit *commit, unsigned flags);

#endif
