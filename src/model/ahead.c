#include "model/ahead.h"

/* The next task whose blob was not taken back; false once it is over. */
static bool next_task(struct ahead *ahead, struct ahead_task *task)
{
	while (!ahead->is_over) {
		if (ahead->next == ahead->tasks.count) {
			pthread_cond_wait(&ahead->changed, &ahead->lock);
			continue;
		}
		*task = ahead->tasks.items[ahead->next++];
		if (task->blob->turn == BLOB_WAITS)
			return true;
	}
	return false;
}

static void *run(void *argument)
{
	struct ahead *ahead = argument;
	struct ahead_task task;

	pthread_mutex_lock(&ahead->lock);
	while (next_task(ahead, &task)) {
		task.blob->turn = BLOB_BUSY;
		pthread_mutex_unlock(&ahead->lock);
		task.parse(task.blob, &ahead->blobs->ahead_arena);
		pthread_mutex_lock(&ahead->lock);
		task.blob->turn = BLOB_OURS;
		pthread_cond_signal(&ahead->changed);
	}
	pthread_mutex_unlock(&ahead->lock);
	return NULL;
}

static void destroy(struct ahead *ahead)
{
	pthread_cond_destroy(&ahead->changed);
	pthread_mutex_destroy(&ahead->lock);
}

bool ahead_start(struct ahead *ahead, struct blobs *blobs)
{
	*ahead = (struct ahead){ .blobs = blobs };
	pthread_mutex_init(&ahead->lock, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	if (!thread_start(&ahead->thread, run, ahead)) {
		destroy(ahead);
		ahead->blobs = NULL;
		return false;
	}
	blobs->ahead = ahead;
	return true;
}

void ahead_put(struct ahead *ahead, struct ahead_task task)
{
	pthread_mutex_lock(&ahead->lock);
	*vec_add(&ahead->blobs->arena, &ahead->tasks) = task;
	task.blob->turn = BLOB_WAITS;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
}

/* Parse what the thread would come to last; false where there is nothing left. */
static bool help(struct ahead *ahead)
{
	while (ahead->tasks.count > ahead->next) {
		struct ahead_task task = ahead->tasks.items[--ahead->tasks.count];

		if (task.blob->turn != BLOB_WAITS)
			continue;
		task.blob->turn = BLOB_OURS;
		pthread_mutex_unlock(&ahead->lock);
		task.parse(task.blob, &ahead->blobs->arena);
		pthread_mutex_lock(&ahead->lock);
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
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
	pthread_join(ahead->thread, NULL);
	destroy(ahead);
	ahead->blobs->ahead = NULL;
	ahead->blobs = NULL;
}
