#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/vec.h"

struct numbers VEC(size_t);

static void memory_is_zeroed_again_once_an_arena_was_cleared(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for (size_t round = 0; round < 3; round++) {
		for (size_t size = 1; size < 10000000; size *= 3) {
			char *bytes = arena_alloc(&arena, size);

			for (size_t i = 0; i < size; i++)
				assert_int_equal(bytes[i], 0);
			memset(bytes, 'x', size);
		}
		arena_clear(&arena);
	}
	arena_release(&arena);
}

/* Whatever the first object was, and it has a block of its own from some size on. */
static void memory_is_zeroed_after_an_object_of_any_size(void **state)
{
	static const size_t sizes[] = { 1,      8191,    8192,    8193,   32759, 32760,
					32761,  32767,   32768,   32769,  65536, 131071,
					131072, 2097151, 2097152, 4194304 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct arena arena = { 0 };
		const char *bytes = NULL;

		memset(arena_bytes(&arena, sizes[i]), 'x', sizes[i]);
		arena_clear(&arena);
		bytes = arena_alloc(&arena, 64);
		for (size_t at = 0; at < 64; at++)
			assert_int_equal(bytes[at], 0);
		arena_release(&arena);
	}
}

/* Beside others, with a block of its own, with large pages. */
static void an_object_grows_with_what_it_holds(void **state)
{
	struct arena arena = { 0 };
	size_t size = 8;
	unsigned char *bytes = arena_alloc(&arena, size);

	(void)state;
	memset(bytes, 1, size);
	for (unsigned char round = 2; round < 24; round++) {
		(void)arena_bytes(&arena, 100);
		bytes = arena_grow(&arena, bytes, size, size * 2);
		for (size_t i = 0; i < size; i++)
			assert_true(bytes[i] > 0 && bytes[i] < round);
		for (size_t i = size; i < size * 2; i++)
			assert_int_equal(bytes[i], 0);
		memset(bytes + size, round, size);
		size *= 2;
	}
	arena_release(&arena);
}

static void objects_are_aligned_behind_text_of_any_length(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for (size_t length = 0; length < 40; length++) {
		const char *text =
			arena_copy(&arena, "0123456789012345678901234567890123456789", length);

		assert_int_equal(strlen(text), length);
		assert_int_equal((uintptr_t)arena_alloc(&arena, 1) % _Alignof(uint64_t), 0);
	}
	arena_release(&arena);
}

static void items_stay_where_they_are_up_to_what_was_reserved(void **state)
{
	struct arena arena = { 0 };
	struct numbers numbers = { 0 };
	const size_t *first = NULL;

	(void)state;
	vec_reserve(&arena, &numbers, 1000);
	first = numbers.items;
	for (size_t i = 0; i < 1000; i++)
		*vec_add(&arena, &numbers) = i;
	assert_ptr_equal(numbers.items, first);
	for (size_t i = 1000; i < 3000; i++)
		*vec_add(&arena, &numbers) = i;
	for (size_t i = 0; i < 3000; i++)
		assert_int_equal(numbers.items[i], i);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_again_once_an_arena_was_cleared),
		cmocka_unit_test(memory_is_zeroed_after_an_object_of_any_size),
		cmocka_unit_test(an_object_grows_with_what_it_holds),
		cmocka_unit_test(objects_are_aligned_behind_text_of_any_length),
		cmocka_unit_test(items_stay_where_they_are_up_to_what_was_reserved),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
