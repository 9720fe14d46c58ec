#include "base/share.h"

#include "base/thread.h"

struct share {
	size_t first, behind; /* of the items that nobody has taken */
	pthread_mutex_t lock; /* of both */
};

struct sharer {
	struct share *share;
	bool is_second;
	share_work *work;
	void *context;
};

static void *run(void *argument)
{
	struct sharer *sharer = argument;

	sharer->work(sharer, sharer->context);
	return NULL;
}

bool share_out(size_t count, share_work *work, void *ours, void *others)
{
	struct share share = { .behind = count };
	struct sharer here = { &share, false, work, ours }, there = { &share, true, work, others };
	pthread_t thread;
	bool started = false;

	pthread_mutex_init(&share.lock, NULL);
	started = thread_start(&thread, run, &there);
	if (started) {
		run(&here);
		pthread_join(thread, NULL);
	}
	pthread_mutex_destroy(&share.lock);
	return started;
}

bool share_take(struct sharer *sharer, size_t *item)
{
	struct share *share = sharer->share;
	bool found = false;

	pthread_mutex_lock(&share->lock);
	found = share->first < share->behind;
	if (found)
		*item = sharer->is_second ? --share->behind : share->first++;
	pthread_mutex_unlock(&share->lock);
	return found;
}

void share_stop(struct sharer *sharer)
{
	struct share *share = sharer->share;

	pthread_mutex_lock(&share->lock);
	share->behind = share->first;
	pthread_mutex_unlock(&share->lock);
}
