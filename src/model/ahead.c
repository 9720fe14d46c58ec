#include "model/ahead.h"

/* Has it read as much as it may, or was it told to end? */
static bool is_over(const struct ahead *ahead)
{
	return ahead->is_over || ahead->size > ahead->limit;
}

/* Do a task with the lock in hand, which is given back meanwhile; the blob is busy then, so that
 * another task of the same one leaves it alone. */
static void perform(struct ahead *ahead, const struct ahead_task *task, struct blob_source *source,
		    struct arena *arena)
{
	struct blob *blob = task->blob;
	size_t size = 0;

	blob->turn = BLOB_BUSY;
	pthread_mutex_unlock(&ahead->lock);
	if (!blob->is_read && source->read(source, arena, &blob->text, task->id)) {
		blob->is_read = true;
		size = blob->text.bytes ? blob->text.length : 0;
	}
	if (blob->is_read && blob->text.bytes)
		task->parse(blob, arena);
	pthread_mutex_lock(&ahead->lock);
	ahead->size += size;
	blob->turn = BLOB_OURS;
}

/* From the first task on, but for those whose blobs were taken back. */
static void *run(void *argument)
{
	struct ahead *ahead = argument;

	pthread_mutex_lock(&ahead->lock);
	while (!is_over(ahead) && ahead->next < ahead->tasks.count) {
		struct ahead_task task = ahead->tasks.items[ahead->next++];

		if (task.blob->turn != BLOB_WAITS)
			continue;
		perform(ahead, &task, ahead->theirs, &ahead->blobs->ahead_arena);
		pthread_cond_signal(&ahead->changed);
	}
	pthread_mutex_unlock(&ahead->lock);
	return NULL;
}

/* There is no thread any more. */
static void end(struct ahead *ahead)
{
	pthread_cond_destroy(&ahead->changed);
	pthread_mutex_destroy(&ahead->lock);
	ahead->theirs->release(ahead->theirs);
	ahead->blobs->size += ahead->size;
	ahead->blobs->ahead = NULL;
	ahead->blobs = NULL;
}

bool ahead_start(struct ahead *ahead, struct blobs *blobs)
{
	ahead->blobs = blobs;
	vec_each (const struct ahead_task *, task, &ahead->tasks)
		task->blob->turn = BLOB_WAITS;
	pthread_mutex_init(&ahead->lock, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	if (!thread_start(&ahead->thread, run, ahead)) {
		end(ahead);
		return false;
	}
	blobs->ahead = ahead;
	return true;
}

/* Do what the thread would come to last; false where there is nothing left. */
static bool help(struct ahead *ahead)
{
	while (!is_over(ahead) && ahead->tasks.count > ahead->next) {
		struct ahead_task task = ahead->tasks.items[--ahead->tasks.count];

		if (task.blob->turn != BLOB_WAITS)
			continue;
		perform(ahead, &task, ahead->ours, &ahead->blobs->arena);
		return true;
	}
	return false;
}

void ahead_take(struct ahead *ahead, struct blob *blob)
{
	pthread_mutex_lock(&ahead->lock);
	while (blob->turn == BLOB_BUSY)
		if (!help(ahead))
			pthread_cond_wait(&ahead->changed, &ahead->lock);
	blob->turn = BLOB_OURS;
	pthread_mutex_unlock(&ahead->lock);
}

void ahead_stop(struct ahead *ahead)
{
	if (!ahead->blobs)
		return;
	pthread_mutex_lock(&ahead->lock);
	ahead->is_over = true;
	pthread_mutex_unlock(&ahead->lock);
	pthread_join(ahead->thread, NULL);
	end(ahead);
}
