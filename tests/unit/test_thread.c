#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/thread.h"

/* What a thread saw of itself. */
struct sight {
	cpu_set_t processors;
	sigset_t blocked;
};

static void *look(void *argument)
{
	struct sight *sight = argument;

	sched_getaffinity(0, sizeof(sight->processors), &sight->processors);
	pthread_sigmask(SIG_BLOCK, NULL, &sight->blocked);
	return NULL;
}

static void starts_on_another_processor(void **state)
{
	cpu_set_t ours;
	struct sight sight = { 0 };
	pthread_t thread;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(ours), &ours), 0);
	if (CPU_COUNT(&ours) < 2)
		skip();
	assert_true(thread_start(&thread, look, &sight));
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(CPU_COUNT(&sight.processors), CPU_COUNT(&ours) - 1);
	CPU_AND(&sight.processors, &sight.processors, &ours);
	assert_int_equal(CPU_COUNT(&sight.processors), CPU_COUNT(&ours) - 1);
	assert_true(sigismember(&sight.blocked, SIGTERM));
}

static void starts_none_without_a_processor_for_it(void **state)
{
	cpu_set_t ours, one;
	struct sight sight = { 0 };
	pthread_t thread;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(ours), &ours), 0);
	CPU_ZERO(&one);
	for (size_t i = 0; CPU_COUNT(&one) == 0; i++)
		if (CPU_ISSET(i, &ours))
			CPU_SET(i, &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	assert_false(thread_start(&thread, look, &sight));
	assert_int_equal(sched_setaffinity(0, sizeof(ours), &ours), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_on_another_processor),
		cmocka_unit_test(starts_none_without_a_processor_for_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
