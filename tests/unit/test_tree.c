#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/fail.h"
#include "git/tree.h"

/* A tree of entries "MODE NAME", in their order, ended by NULL. */
static void add_entries(struct buf *tree, const char *const *entries)
{
	for (; *entries; entries++) {
		buf_add(tree, *entries);
		buf_addn(tree, "\0aaaaabbbbbcccccddddd", 21);
	}
}

/* What is wrong with it; "" where nothing is. */
static void expect(const char *expected, const char *const *entries)
{
	struct buf tree = { 0 };
	git_oid id = { 0 };
	struct tree_cursor cursor = { .id = &id };
	struct tree_entry entry;

	add_entries(&tree, entries);
	cursor.text = (struct text){ tree.text, tree.length };
	failure_clear();
	while (tree_next(&cursor, &entry) > 0)
		;
	assert_string_equal(failure_message(), expected);
	failure_clear();
	buf_release(&tree);
}

#define MALFORMED "tree 0000000000000000000000000000000000000000 is malformed: "

static void refuses_a_file_and_a_directory_of_one_name(void **state)
{
	static const char *const next[] = { "100644 a", "40000 a", NULL };
	static const char *const apart[] = { "100644 a", "100644 a-", "100644 a.b", "40000 a",
					     NULL };

	(void)state;
	expect(MALFORMED "a file and a directory of the same name", next);
	expect(MALFORMED "a file and a directory of the same name", apart);
}

/* More files between the two whose names begin alike than are remembered. */
static void refuses_them_also_where_many_names_stand_between(void **state)
{
	static const char *const many[] = { "100644 a",
					    "100644 a-",
					    "100644 a--",
					    "100644 a---",
					    "100644 a----",
					    "100644 a-----",
					    "100644 a------",
					    "100644 a-------",
					    "100644 a--------",
					    "100644 a---------",
					    "100644 a----------",
					    "40000 a",
					    NULL };

	(void)state;
	expect(MALFORMED "too many files whose names begin as a directory's", many);
}

static void takes_many_names_that_begin_alike(void **state)
{
	static const char *const many[] = { "100644 a",
					    "100644 a-",
					    "100644 a--",
					    "100644 a---",
					    "100644 a----",
					    "100644 a-----",
					    "100644 a------",
					    "100644 a-------",
					    "100644 a--------",
					    "100644 a---------",
					    "100644 a----------",
					    "40000 b",
					    NULL };

	(void)state;
	expect("", many);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_a_file_and_a_directory_of_one_name),
		cmocka_unit_test(refuses_them_also_where_many_names_stand_between),
		cmocka_unit_test(takes_many_names_that_begin_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
