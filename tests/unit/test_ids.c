#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "git/ids.h"

#define MANY 5000

/* The id of a number; with alike, all begin with the same bytes. */
static git_oid id_of(unsigned number, bool alike)
{
	git_oid id = { .id = { 0 } };
	unsigned mixed = number * 2654435761u;

	for (unsigned i = 0; i < 4; i++)
		id.id[alike ? 12 + i : i] = (unsigned char)(mixed >> 8 * i);
	id.id[19] = (unsigned char)number;
	return id;
}

/* Each is found once it was put, and nothing else is, while the table grows. */
static void check(bool alike)
{
	struct arena arena = { 0 };
	struct ids ids = { 0 };
	struct id_node *nodes = arena_alloc(&arena, MANY * sizeof(*nodes));
	git_oid id = id_of(0, alike);

	assert_null(ids_get(&ids, &id));
	for (unsigned i = 0; i < MANY; i++) {
		nodes[i].id = id_of(i, alike);
		assert_null(ids_get(&ids, &nodes[i].id));
		ids_put(&ids, &arena, &nodes[i]);
		for (unsigned k = i; k < MANY && k > i / 2; k -= i / 16 + 1)
			assert_ptr_equal(ids_get(&ids, &nodes[k].id), &nodes[k]);
	}
	for (unsigned i = 0; i < MANY; i++)
		assert_ptr_equal(ids_get(&ids, &nodes[i].id), &nodes[i]);
	id = id_of(MANY, alike);
	assert_null(ids_get(&ids, &id));
	arena_release(&arena);
}

/* Two ids that differ in the last bit, before the table grows and after. */
static void finds_ids_that_differ_in_the_last_bit(void **state)
{
	struct arena arena = { 0 };
	struct ids ids = { 0 };
	struct id_node *nodes = arena_alloc(&arena, MANY * sizeof(*nodes));

	(void)state;
	nodes[1].id.id[GIT_OID_RAWSZ - 1] = 1;
	for (unsigned i = 2; i < MANY; i++)
		nodes[i].id = id_of(i, false);
	for (unsigned i = 0; i < MANY; i++)
		ids_put(&ids, &arena, &nodes[i]);
	for (unsigned i = 0; i < MANY; i++)
		assert_ptr_equal(ids_get(&ids, &nodes[i].id), &nodes[i]);
	arena_release(&arena);
}

static void finds_what_was_put(void **state)
{
	(void)state;
	check(false);
}

static void finds_ids_that_begin_alike(void **state)
{
	(void)state;
	check(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_was_put),
		cmocka_unit_test(finds_ids_that_begin_alike),
		cmocka_unit_test(finds_ids_that_differ_in_the_last_bit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
