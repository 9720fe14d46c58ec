#include "base/thread.h"

#include <sched.h>
#include <signal.h>

static bool has_processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) > 1;
}

bool thread_start(pthread_t *thread, void *(*run)(void *), void *argument)
{
	sigset_t all, before;
	bool started = false;

	if (!has_processors())
		return false;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	started = pthread_create(thread, NULL, run, argument) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}
