#include "base/thread.h"

#include <sched.h>
#include <signal.h>

#include "base/heap.h"
#include "base/pieces.h"

/* What a new thread is to do. */
struct start {
	void *(*run)(void *);
	void *argument;
};

static void *begin(void *given)
{
	struct start start = *(struct start *)given;
	void *result = NULL;

	heap_free(given);
	result = start.run(start.argument);
	pieces_leave();
	return result;
}

/* The processors that we may run on but for the one that we do run on. A new thread mostly begins
 * beside its parent, and the kernel leaves it there for several turns of 4 ms while another one is
 * idle. False: there is no other. */
static bool other_processors(cpu_set_t *set)
{
	int here = sched_getcpu();

	if (sched_getaffinity(0, sizeof(*set), set) != 0 || CPU_COUNT(set) < 2)
		return false;
	if (here >= 0)
		CPU_CLR((size_t)here, set);
	return true;
}

bool thread_start(pthread_t *thread, void *(*run)(void *), void *argument)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	cpu_set_t set;
	struct start *start = NULL;
	bool started = false;

	if (!other_processors(&set))
		return false;
	start = heap_alloc(sizeof(*start));
	*start = (struct start){ run, argument };
	pthread_attr_init(&attributes);
	pthread_attr_setaffinity_np(&attributes, sizeof(set), &set);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	/* Those may just have been taken from us. */
	started = pthread_create(thread, &attributes, begin, start) == 0 ||
		  pthread_create(thread, NULL, begin, start) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	if (!started)
		heap_free(start);
	return started;
}
