#ifndef MODEL_AHEAD_H
#define MODEL_AHEAD_H

#include "base/thread.h"
#include "base/vec.h"
#include "model/blobs.h"

#define MIN_AHEAD 64 /* files to parse that make a second thread worth its while */

/* Makes of a blob's text what will be asked for, in the arena. Another thread calls it, so it uses
 * nothing else and does not fail(). */
typedef void blob_parser(struct blob *blob, struct arena *arena);

struct ahead_task {
	struct blob *blob; /* whose text is read */
	blob_parser *parse;
};

/*
 * A second thread that parses texts before it is their turn; what comes of them is the same. A blob
 * that is put here belongs to that thread until it is parsed there or taken back.
 */
struct ahead {
	struct blobs *blobs; /* NULL: it does not run */
	struct VEC(struct ahead_task) tasks;
	size_t next; /* task of the thread */
	bool is_over;
	pthread_t thread;
	pthread_mutex_t lock;   /* of all above and of the turn of each blob */
	pthread_cond_t changed; /* a task was put, a blob was parsed, or it is over */
};

/* Start the thread; false where there is none to be had, or no processor to spare for it. */
bool ahead_start(struct ahead *ahead, struct blobs *blobs);

/* Let a blob be parsed after those that were put before. */
void ahead_put(struct ahead *ahead, struct ahead_task task);

/* Have a blob for ourselves again, parsed or not. While the thread parses it, this one parses what
 * was put last, and waits only where nothing is left to parse. */
void ahead_take(struct ahead *ahead, struct blob *blob);

/* End the thread, if there is one, whatever is still to be parsed. */
void ahead_stop(struct ahead *ahead);

#endif
