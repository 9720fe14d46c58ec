#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "git/window.h"

#define LARGE (5u << 20)
#define SMALL 9000u

static char path[] = "/tmp/test_window.XXXXXX";

/* The byte at an offset of the file. */
static char byte_at(size_t offset)
{
	return (char)(offset * 7 + offset / 251);
}

static void write_bytes(size_t length)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	for (size_t i = 0; i < length; i++)
		putc(byte_at(i), file);
	assert_int_equal(fclose(file), 0);
}

static struct window_file open_large(void)
{
	struct window_file file = { 0 };

	write_bytes(LARGE);
	assert_true(window_open(&file, path, true));
	return file;
}

static void expect_bytes(struct window *window, const struct window_file *file, size_t offset,
			 size_t length)
{
	const char *bytes = window_at(window, file, offset, length);

	for (size_t i = 0; i < length; i++)
		assert_int_equal(bytes[i], byte_at(offset + i));
}

static bool is_mapped(const struct window_file *file, const char *bytes)
{
	return bytes >= file->bytes.bytes && bytes < file->bytes.bytes + file->bytes.length;
}

static void reads_parts_of_a_large_file(void **state)
{
	static const size_t offsets[] = { 0,
					  1,
					  WINDOW_REACH - 1,
					  WINDOW_SIZE - 1,
					  WINDOW_SIZE,
					  LARGE / 2,
					  LARGE - WINDOW_REACH,
					  WINDOW_REACH + 1,
					  LARGE / 2 - WINDOW_REACH };
	struct window window = { 0 };
	struct window_file file = open_large();

	(void)state;
	for (size_t i = 0; i < sizeof(offsets) / sizeof(*offsets); i++) {
		expect_bytes(&window, &file, offsets[i], 1);
		expect_bytes(&window, &file, offsets[i], WINDOW_REACH);
		assert_false(is_mapped(&file, window_at(&window, &file, offsets[i], 1)));
	}
	assert_true(window.count > 0 && window.count <= 2 * sizeof(offsets) / sizeof(*offsets));
	window_close(&file);
}

static void reads_once_what_lies_near(void **state)
{
	struct window window = { 0 };
	struct window_file file = open_large();

	(void)state;
	expect_bytes(&window, &file, LARGE / 2, 1);
	expect_bytes(&window, &file, LARGE / 2 - WINDOW_REACH, 1);
	expect_bytes(&window, &file, LARGE / 2, WINDOW_REACH);
	assert_int_equal(window.count, 1);
	expect_bytes(&window, &file, LARGE / 2 + 1, WINDOW_REACH);
	assert_int_equal(window.count, 2);
	window_close(&file);
}

static void tells_files_apart(void **state)
{
	struct window window = { 0 };
	struct window_file one = { 0 }, other = { 0 };

	(void)state;
	write_bytes(LARGE);
	assert_true(window_open(&one, path, true));
	assert_int_equal(unlink(path), 0);
	write_bytes(LARGE + 1);
	assert_true(window_open(&other, path, true));
	expect_bytes(&window, &one, 100, 1);
	expect_bytes(&window, &other, 100, 1);
	assert_int_equal(window.count, 2);
	window_close(&one);
	window_close(&other);
}

static void maps_what_is_long_or_often_asked_for(void **state)
{
	struct window window = { 0 };
	struct window_file file = open_large();

	(void)state;
	assert_true(is_mapped(&file, window_at(&window, &file, 5, WINDOW_REACH + 1)));
	expect_bytes(&window, &file, 5, WINDOW_REACH + 1);
	window.count = MAX_WINDOWS - 1;
	assert_false(is_mapped(&file, window_at(&window, &file, 5, 1)));
	assert_true(is_mapped(&file, window_at(&window, &file, LARGE / 2, 1)));
	expect_bytes(&window, &file, LARGE / 2, 1);
	window_close(&file);
}

static void maps_a_small_file_and_what_must_not_stay_open(void **state)
{
	struct window window = { 0 };
	struct window_file file = { 0 };

	(void)state;
	for (int i = 0; i < 2; i++) {
		write_bytes(i ? LARGE : SMALL);
		assert_true(window_open(&file, path, i == 0));
		assert_int_equal(file.file, 0);
		assert_true(is_mapped(&file, window_at(&window, &file, 5, 1)));
		expect_bytes(&window, &file, SMALL - 10, 10);
		window_close(&file);
	}
	assert_int_equal(window.count, 0);
}

static void opens_no_other_file(void **state)
{
	struct window_file file = { 0 };

	(void)state;
	write_bytes(0);
	assert_false(window_open(&file, path, true));
	assert_false(window_open(&file, "/tmp", true));
	assert_false(window_open(&file, "/tmp/is/missing", true));
	assert_int_equal(file.file, 0);
	window_close(&file);
}

static int enter(void **state)
{
	int file = mkstemp(path);

	(void)state;
	return file < 0 || close(file) < 0;
}

static int leave(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_parts_of_a_large_file),
		cmocka_unit_test(reads_once_what_lies_near),
		cmocka_unit_test(tells_files_apart),
		cmocka_unit_test(maps_what_is_long_or_often_asked_for),
		cmocka_unit_test(maps_a_small_file_and_what_must_not_stay_open),
		cmocka_unit_test(opens_no_other_file),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
