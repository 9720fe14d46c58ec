#ifndef MODEL_AHEAD_H
#define MODEL_AHEAD_H

#include "base/thread.h"
#include "base/vec.h"
#include "model/blobs.h"

#define MIN_AHEAD 64 /* files to parse that make a second thread worth its while */

/* Makes of a blob's text what will be asked for, in the arena. Another thread calls it, so it uses
 * nothing else and does not fail(). */
typedef void blob_parser(struct blob *blob, struct arena *arena);

/* Where one thread reads blobs, without fail(). */
struct blob_source {
	/* The text of the blob of that id, in the arena, as a snapshot reads it. False: it is not
	 * to be had here. */
	bool (*read)(struct blob_source *source, struct arena *arena, struct text *text,
		     const char *id);
	void (*release)(struct blob_source *source); /* of the thread's own */
};

struct ahead_task {
	struct blob *blob;
	const char *id;
	blob_parser *parse;
};

struct ahead_tasks VEC(struct ahead_task);

/*
 * A second thread that reads and parses blobs before it is their turn; what comes of them is the
 * same. What it cannot read is left as it was. A blob that is one of its tasks belongs to who
 * does that, until it is done or the blob is taken back.
 */
struct ahead {
	struct blobs *blobs; /* NULL: it does not run */
	struct ahead_tasks tasks;
	struct blob_source *ours, *theirs; /* its own is released in the end */
	size_t limit;                      /* bytes of texts, after which it is over */
	size_t size;                       /* of those that were read so far */
	size_t next;                       /* task of the thread */
	bool is_over;
	pthread_t thread;
	pthread_mutex_t lock;   /* of what changes above and of the turn of each blob */
	pthread_cond_t changed; /* a task is done */
};

/* Start the thread with all that is set of tasks, sources and limit; false where there is none to
 * be had, or no processor to spare for it. */
bool ahead_start(struct ahead *ahead, struct blobs *blobs);

/* Have a blob for ourselves again, parsed or not. While the thread has it, this one does the last
 * of the tasks, and waits only where none is left. */
void ahead_take(struct ahead *ahead, struct blob *blob);

/* End the thread, if there is one, whatever is still to be done. */
void ahead_stop(struct ahead *ahead);

#endif
