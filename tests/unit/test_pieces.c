#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/pieces.h"
#include "base/thread.h"

#define COUNT 100 /* more than come in small pages, and than a large one has */
#define MANY 2000 /* more than all of them that were given back */
#define THREADS 8 /* as many as there are pieces in what the first of them cuts */

struct taken {
	unsigned char *pieces[COUNT];
	unsigned char mark;
};

/* Fill each with a mark, and see at the end that nobody else wrote there. */
static void *take_all(void *argument)
{
	struct taken *taken = argument;

	for (size_t i = 0; i < COUNT; i++) {
		bool is_zeroed = false;

		taken->pieces[i] = piece_take(&is_zeroed);
		for (size_t at = 0; is_zeroed && at < PIECE_SIZE; at++)
			if (taken->pieces[i][at])
				return NULL;
		memset(taken->pieces[i], taken->mark, PIECE_SIZE);
	}
	return taken;
}

static void give_all(const struct taken *taken)
{
	for (size_t i = 0; i < COUNT; i++) {
		for (size_t at = 0; at < PIECE_SIZE; at++)
			assert_int_equal(taken->pieces[i][at], taken->mark);
		piece_give(taken->pieces[i]);
	}
}

static void two_threads_have_no_piece_in_common(void **state)
{
	struct taken ours = { .mark = 'o' }, theirs = { .mark = 't' };
	pthread_t thread;
	void *result = NULL;

	(void)state;
	for (int round = 0; round < 3; round++) {
		assert_int_equal(pthread_create(&thread, NULL, take_all, &theirs), 0);
		assert_ptr_equal(take_all(&ours), &ours);
		assert_int_equal(pthread_join(thread, &result), 0);
		assert_ptr_equal(result, &theirs);
		give_all(&ours);
		give_all(&theirs);
	}
}

static void what_is_given_back_is_taken_next_and_not_called_zeroed(void **state)
{
	bool is_zeroed = true;
	void *piece = piece_take(&is_zeroed), *again = NULL;

	(void)state;
	assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
	piece_give(piece);
	is_zeroed = true;
	again = piece_take(&is_zeroed);
	assert_ptr_equal(again, piece);
	assert_false(is_zeroed);
	piece_give(again);
}

static void *take_one(void *argument)
{
	bool is_zeroed = false;

	(void)argument;
	return piece_take(&is_zeroed);
}

static void what_a_thread_cut_is_there_when_it_has_ended(void **state)
{
	uintptr_t pieces[THREADS], first = UINTPTR_MAX, last = 0;
	void *others[MANY];
	bool is_zeroed = false;
	size_t count = 0;

	(void)state;
	while (!is_zeroed && count < MANY)
		others[count++] = piece_take(&is_zeroed);
	assert_true(is_zeroed);
	for (size_t i = 0; i < THREADS; i++) {
		pthread_t thread;
		void *piece = NULL;

		if (!thread_start(&thread, take_one, NULL))
			skip();
		assert_int_equal(pthread_join(thread, &piece), 0);
		pieces[i] = (uintptr_t)piece;
		first = pieces[i] < first ? pieces[i] : first;
		last = pieces[i] > last ? pieces[i] : last;
	}
	assert_true(last - first < THREADS * PIECE_SIZE);
	for (size_t i = 0; i < THREADS; i++)
		piece_give((void *)pieces[i]);
	while (count > 0)
		piece_give(others[--count]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_threads_have_no_piece_in_common),
		cmocka_unit_test(what_a_thread_cut_is_there_when_it_has_ended),
		cmocka_unit_test(what_is_given_back_is_taken_next_and_not_called_zeroed),
	};

	return cmocka_run_group_tests_name("pieces", tests, NULL, NULL);
}
