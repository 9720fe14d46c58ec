/* Files are replaced all together: where one cannot be, every one is as it was. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/fail.h"
#include "base/replace.h"
#include "base/throwaway.h"

#define FILES "a: old a\nb: old b\nd/\n"
#define TEXT(text) .bytes = (text), .length = sizeof(text) - 1

static struct arena arena;
static struct throwaway place;

static void put(const char *name, const char *text)
{
	FILE *file = fopen(name, "we");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int begin(void **state)
{
	(void)state;
	failure_clear();
	if (throwaway_make(&place, &arena, "test_replace") < 0 || chdir(place.path) < 0)
		return -1;
	put("a", "old a");
	put("b", "old b");
	return chmod("b", 0751) < 0 || mkdir("d", 0755) < 0;
}

static int end(void **state)
{
	(void)state;
	arena_release(&arena);
	return chdir("/") < 0 || throwaway_remove(&place) < 0;
}

static void add_file(struct buf *said, const char *name)
{
	char text[64] = "";
	FILE *file = fopen(name, "re");

	assert_non_null(file);
	(void)!fgets(text, sizeof(text), file);
	(void)fclose(file);
	buf_addf(said, "%s: %s\n", name, text);
}

static int by_name(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;

	return strcmp(*a, *b);
}

static struct strings names(void)
{
	struct strings names = { 0 };
	DIR *directory = opendir(".");

	assert_non_null(directory);
	for (struct dirent *entry = NULL; (entry = readdir(directory));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			*vec_add(&arena, &names) = arena_printf(&arena, "%s%s", entry->d_name,
								entry->d_type == DT_DIR ? "/" : "");
	closedir(directory);
	vec_sort(&names, by_name);
	return names;
}

/* All that is there, by name: "NAME: TEXT", and "NAME/" of a directory. */
static void expect_files(const char *expected)
{
	const struct strings found = names();
	struct buf said = { 0 };

	vec_each (const char *const *, name, &found) {
		if (strchr(*name, '/'))
			buf_addf(&said, "%s\n", *name);
		else
			add_file(&said, *name);
	}
	assert_string_equal(buf_text(&said), expected);
	buf_release(&said);
}

static int replace(struct replacement *items, unsigned count)
{
	struct replacements all = { .items = items, .count = count };

	return replace_all(&arena, &all);
}

#define REPLACED(...)                                                                              \
	replace((struct replacement[]){ __VA_ARGS__ },                                             \
		sizeof((struct replacement[]){ __VA_ARGS__ }) / sizeof(struct replacement))

static mode_t mode_of(const char *name)
{
	struct stat status;

	assert_int_equal(stat(name, &status), 0);
	return status.st_mode & 07777;
}

static void replaces_makes_and_removes(void **state)
{
	(void)state;
	assert_int_equal(REPLACED({ .path = "a" }, { .path = "b", TEXT("new b") },
				  { .path = "c", TEXT("new c"), .mode = 0640 }),
			 0);
	expect_files("b: new b\nc: new c\nd/\n");
	assert_int_equal(mode_of("b"), 0751);
	assert_int_equal(mode_of("c"), 0640);
}

static void moves_one_there_and_keeps_the_old_one(void **state)
{
	(void)state;
	assert_int_equal(REPLACED({ .path = "a", TEXT("new a"), .kept = "kept" }), 0);
	expect_files("a: new a\nb: old b\nd/\nkept: old a\n");
	assert_int_equal(REPLACED({ .path = "a", .from = "kept" }), 0);
	expect_files(FILES);
}

static void expect_failure(const char *message)
{
	assert_string_equal(failure_message(), message);
	failure_clear();
	expect_files(FILES);
}

static void makes_none_where_one_cannot_be_written(void **state)
{
	(void)state;
	assert_int_equal(REPLACED({ .path = "a", TEXT("x") }, { .path = "none", TEXT("x") }), -1);
	expect_failure("'none' is no file any more");
	assert_int_equal(REPLACED({ .path = "a", TEXT("x") }, { .path = "d", TEXT("x") }), -1);
	expect_failure("'d' is no file any more");
	assert_int_equal(REPLACED({ .path = "a" }, { .path = "x/y", TEXT("x"), .mode = 0644 }), -1);
	expect_failure("cannot create a file beside 'x/y': No such file or directory");
}

/* The last one fails when all others are in their places. */
static void puts_everything_back(void **state)
{
	(void)state;
	assert_int_equal(REPLACED({ .path = "a", TEXT("x") }, { .path = "b" },
				  { .path = "c", TEXT("x"), .mode = 0644 },
				  { .path = "c", TEXT("y"), .mode = 0644 }),
			 -1);
	expect_failure("cannot replace 'c': File exists");
	assert_int_equal(REPLACED({ .path = "c", .from = "a", .mode = 0644 },
				  { .path = "b", .from = "none" }),
			 -1);
	expect_failure("cannot replace 'b': No such file or directory");
	assert_int_equal(mode_of("b"), 0751);
}

/* What has the name already is somebody's file. */
static void overwrites_nothing_to_keep_another(void **state)
{
	(void)state;
	assert_int_equal(REPLACED({ .path = "a", TEXT("x"), .kept = "b" }), -1);
	expect_failure("cannot rename 'a': File exists");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(replaces_makes_and_removes, begin, end),
		cmocka_unit_test_setup_teardown(moves_one_there_and_keeps_the_old_one, begin, end),
		cmocka_unit_test_setup_teardown(makes_none_where_one_cannot_be_written, begin, end),
		cmocka_unit_test_setup_teardown(puts_everything_back, begin, end),
		cmocka_unit_test_setup_teardown(overwrites_nothing_to_keep_another, begin, end),
	};

	return cmocka_run_group_tests_name("replace", tests, NULL, NULL);
}
