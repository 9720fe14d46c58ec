#include "base/pair.h"

#include "base/thread.h"

/* What both threads share. */
struct pair {
	size_t first, behind; /* of the items that nobody has taken */
	pthread_mutex_t lock; /* of both */
};

struct pair_half {
	struct pair *pair;
	bool is_second;
	pair_job *job;
	void *context;
};

static void *run(void *argument)
{
	struct pair_half *half = argument;

	half->job(half, half->context);
	return NULL;
}

bool pair_work(size_t count, pair_job *job, void *ours, void *others)
{
	struct pair pair = { .behind = count };
	struct pair_half here = { &pair, false, job, ours }, there = { &pair, true, job, others };
	pthread_t thread;
	bool started = false;

	pthread_mutex_init(&pair.lock, NULL);
	started = thread_start(&thread, run, &there);
	if (started) {
		run(&here);
		pthread_join(thread, NULL);
	}
	pthread_mutex_destroy(&pair.lock);
	return started;
}

bool pair_take(struct pair_half *half, size_t *item)
{
	struct pair *pair = half->pair;
	bool found = false;

	pthread_mutex_lock(&pair->lock);
	found = pair->first < pair->behind;
	if (found)
		*item = half->is_second ? --pair->behind : pair->first++;
	pthread_mutex_unlock(&pair->lock);
	return found;
}

void pair_stop(struct pair_half *half)
{
	struct pair *pair = half->pair;

	pthread_mutex_lock(&pair->lock);
	pair->behind = pair->first;
	pthread_mutex_unlock(&pair->lock);
}
