#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "git/loose.h"

#define ROOM 65536

static unsigned char file[ROOM];
static char content[ROOM];
static struct loose loose;

static int start(void **state)
{
	(void)state;
	loose_init(&loose);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	loose_release(&loose);
	return 0;
}

/* The file of what is given, at a level of compression. */
static struct text deflated(const void *bytes, size_t length, int level)
{
	size_t room = sizeof(file);

	assert_int_equal(compress2(file, &room, bytes, length, level), Z_OK);
	return (struct text){ (const char *)file, room };
}

/* What is wrong with it; "" where nothing is. A copy of the exact size shows what reads past it. */
static const char *wrong_with(struct text text)
{
	char *copy = test_malloc(text.length ? text.length : 1);
	const char *wrong = NULL;

	if (text.length > 0)
		memcpy(copy, text.bytes, text.length);
	wrong = loose_header(&loose, (struct text){ copy, text.length });
	if (!wrong)
		wrong = loose_content(&loose, content);
	test_free(copy);
	return wrong ? wrong : "";
}

#define wrong_with_object(literal) wrong_with(deflated((literal), sizeof(literal) - 1, 6))

static void reads_an_object_of_each_type(void **state)
{
	(void)state;
	assert_string_equal(wrong_with_object("blob 5\0hello"), "");
	assert_int_equal(loose.type, GIT_OBJECT_BLOB);
	assert_int_equal(loose.size, 5);
	assert_string_equal(content, "hello");
	assert_string_equal(wrong_with_object("tree 0\0"), "");
	assert_int_equal(loose.type, GIT_OBJECT_TREE);
	assert_int_equal(loose.size, 0);
	assert_string_equal(content, "");
	assert_string_equal(wrong_with_object("commit 3\0a\0b"), "");
	assert_int_equal(loose.type, GIT_OBJECT_COMMIT);
	assert_memory_equal(content, "a\0b", 4);
	assert_string_equal(wrong_with_object("tag 20\0aaaaaaaaaaaaaaaaaaaa"), "");
	assert_int_equal(loose.type, GIT_OBJECT_TAG);
}

/* The beginning, which holds the header, ends somewhere in them or right behind. */
static void reads_every_small_size(void **state)
{
	char object[128];

	(void)state;
	for (size_t size = 0; size < 100; size++) {
		int head = snprintf(object, sizeof(object), "blob %zu", size) + 1;

		memset(object + head, 'x', size);
		for (int level = 0; level <= 9; level += 9) {
			assert_string_equal(
				wrong_with(deflated(object, (size_t)head + size, level)), "");
			assert_int_equal(loose.size, size);
			assert_int_equal(strlen(content), size);
			assert_int_equal(strspn(content, "x"), size);
		}
	}
}

static void refuses_every_cut_and_what_goes_on(void **state)
{
	static const char object[] = "blob 40\0ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn";

	(void)state;
	for (int level = 0; level <= 9; level += 3) {
		struct text text = deflated(object, sizeof(object) - 1, level);

		assert_string_equal(wrong_with(text), "");
		assert_string_equal(wrong_with((struct text){ text.bytes, text.length + 1 }),
				    "goes on behind its end");
		while (--text.length > 0)
			assert_string_equal(wrong_with(text), "is cut off");
		assert_string_equal(wrong_with(text), "is empty");
	}
}

static void refuses_another_size_than_it_says(void **state)
{
	(void)state;
	assert_string_equal(wrong_with_object("blob 6\0hello"), "is shorter than its header says");
	assert_string_equal(wrong_with_object("blob 4\0hello"), "is longer than its header says");
	assert_string_equal(wrong_with_object("blob 0\0hello"), "is longer than its header says");
	assert_string_equal(wrong_with_object("blob 1\0"
					      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
			    "is longer than its header says");
	assert_string_equal(wrong_with_object("blob 30\0"
					      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
			    "is longer than its header says");
	assert_string_equal(wrong_with_object("blob 67108865\0"), OBJECT_TOO_LARGE);
}

static void refuses_a_header_that_git_does_not_write(void **state)
{
	static const char wrong[] = "is no object: its header is wrong";

	(void)state;
	assert_string_equal(wrong_with_object(""), wrong);
	assert_string_equal(wrong_with_object("blob 5"), wrong);
	assert_string_equal(wrong_with_object("blob\0hello"), wrong);
	assert_string_equal(wrong_with_object("blob \0hello"), wrong);
	assert_string_equal(wrong_with_object("blob  5\0hello"), wrong);
	assert_string_equal(wrong_with_object("blob 05\0hello"), wrong);
	assert_string_equal(wrong_with_object("blob 5 \0hello"), wrong);
	assert_string_equal(wrong_with_object("blob -5\0hello"), wrong);
	assert_string_equal(wrong_with_object("Blob 5\0hello"), wrong);
	assert_string_equal(wrong_with_object("blobs 5\0hello"), wrong);
	assert_string_equal(wrong_with_object("blo 5\0hello"), wrong);
	assert_string_equal(wrong_with_object(" 5\0hello"), wrong);
	assert_string_equal(wrong_with_object("OFS_DELTA 5\0hello"), wrong);
	assert_string_equal(wrong_with_object("blob 1234567890123456789\0"), wrong);
	assert_string_equal(wrong_with_object("blob 123456789012345678901234567890\0"), wrong);
	assert_string_equal(wrong_with_object("blob 123456789012345678\0"), OBJECT_TOO_LARGE);
}

static void refuses_what_is_damaged(void **state)
{
	struct text text = deflated("blob 5\0hello", 12, 6);

	(void)state;
	for (size_t bit = 0; bit < text.length * 8; bit++) {
		file[bit / 8] ^= (unsigned char)(1 << bit % 8);
		/* What only fills up the last byte of the stream makes no difference. */
		if (strcmp(wrong_with(text), "") == 0)
			assert_string_equal(content, "hello");
		file[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	file[text.length - 1] ^= 1;
	assert_string_equal(wrong_with(text), "is damaged");
	assert_string_equal(wrong_with((struct text){ "garbage", 7 }), "is damaged");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_an_object_of_each_type),
		cmocka_unit_test(reads_every_small_size),
		cmocka_unit_test(refuses_every_cut_and_what_goes_on),
		cmocka_unit_test(refuses_another_size_than_it_says),
		cmocka_unit_test(refuses_a_header_that_git_does_not_write),
		cmocka_unit_test(refuses_what_is_damaged),
	};

	return cmocka_run_group_tests_name("loose", tests, start, stop);
}
