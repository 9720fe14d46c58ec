/* Programs are found as a shell finds them, and their version is read, not asked for. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/program.h"

#define DIRECTORY "build/test_program"
#define CHUNK 65536 /* what is read together */

static struct arena arena;

static void write_program(const char *path, const char *bytes, size_t length, mode_t mode)
{
	int file = -1;

	unlink(path);
	file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, mode);
	assert_true(file >= 0);
	assert_int_equal(write(file, bytes, length), length);
	close(file);
}

static int begin(void **state)
{
	(void)state;
	mkdir(DIRECTORY, 0755);
	mkdir(DIRECTORY "/a", 0755);
	mkdir(DIRECTORY "/b", 0755);
	mkdir(DIRECTORY "/a/directory", 0755);
	write_program(DIRECTORY "/a/text", "x", 1, 0644);
	write_program(DIRECTORY "/a/one", "x", 1, 0755);
	write_program(DIRECTORY "/b/one", "x", 1, 0755);
	write_program(DIRECTORY "/b/text", "x", 1, 0755);
	write_program(DIRECTORY "/b/directory", "x", 1, 0755);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* Where a name is found by that PATH; NULL: nowhere. */
static void expect_found(const char *path, const char *name, const char *expected)
{
	char *before = getenv("PATH");
	const char *found = NULL;

	before = arena_string(&arena, before);
	if (path)
		setenv("PATH", path, 1);
	else
		unsetenv("PATH");
	found = program_find(&arena, name);
	setenv("PATH", before, 1);
	if (expected)
		assert_string_equal(found, expected);
	else
		assert_null(found);
}

static void finds_the_first_that_can_be_run(void **state)
{
	(void)state;
	expect_found(DIRECTORY "/a:" DIRECTORY "/b", "one", DIRECTORY "/a/one");
	expect_found(DIRECTORY "/none:" DIRECTORY "/b", "one", DIRECTORY "/b/one");
	expect_found(DIRECTORY "/a:" DIRECTORY "/b", "directory", DIRECTORY "/b/directory");
	expect_found(DIRECTORY "/a:" DIRECTORY "/b", "none", NULL);
	expect_found(NULL, "one", NULL);
	if (getuid() != 0)
		expect_found(DIRECTORY "/a:" DIRECTORY "/b", "text", DIRECTORY "/b/text");
}

/* An empty directory of PATH is the one at hand; a name with a slash is not looked for. */
static void takes_a_path_as_it_is(void **state)
{
	(void)state;
	expect_found("", DIRECTORY "/a/one", DIRECTORY "/a/one");
	expect_found("", DIRECTORY "/a/directory", NULL);
	expect_found(DIRECTORY "/a:", "one", DIRECTORY "/a/one");
	expect_found(":" DIRECTORY "/a", "one", DIRECTORY "/a/one");
	assert_int_equal(chdir(DIRECTORY "/b"), 0);
	expect_found("none:", "one", "./one");
	assert_int_equal(chdir("../../.."), 0);
}

static void knows_a_file_by_all_of_its_names(void **state)
{
	(void)state;
	unlink(DIRECTORY "/b/same");
	unlink(DIRECTORY "/b/link");
	assert_int_equal(link(DIRECTORY "/a/one", DIRECTORY "/b/same"), 0);
	assert_int_equal(symlink("../a/one", DIRECTORY "/b/link"), 0);
	assert_true(program_is_same(DIRECTORY "/a/one", DIRECTORY "/b/same"));
	assert_true(program_is_same(DIRECTORY "/b/link", DIRECTORY "/a/one"));
	assert_false(program_is_same(DIRECTORY "/a/one", DIRECTORY "/b/one"));
	assert_false(program_is_same(DIRECTORY "/none", DIRECTORY "/b/one"));
	assert_false(program_is_same(DIRECTORY "/b/one", DIRECTORY "/none"));
	assert_false(program_is_same(DIRECTORY "/b/one", "/dev/null"));
}

/* The version of a file with these bytes behind that many others. */
static const char *version_of(size_t before, const char *text)
{
	size_t length = strlen(text);
	char *bytes = arena_alloc(&arena, before + length);

	memcpy(bytes + before, text, length);
	write_program(DIRECTORY "/program", bytes, before + length, 0644);
	return program_version(&arena, DIRECTORY "/program");
}

static void reads_the_version_behind_the_mark(void **state)
{
	(void)state;
	assert_string_equal(version_of(0, PROGRAM_MARK "1.2.3\n"), "1.2.3");
	assert_string_equal(version_of(10, PROGRAM_MARK "10.0-rc1 x"), "10.0-rc1");
	assert_string_equal(version_of(1, PROGRAM_MARK "9\x7F"), "9");
	assert_null(version_of(0, "1.2.3\n"));
	assert_null(version_of(0, ""));
	assert_null(version_of(0, PROGRAM_MARK));
	assert_null(version_of(0, PROGRAM_MARK "1.2"));
	assert_null(program_version(&arena, DIRECTORY "/none"));
}

/* The mark alone stands in this program, too. */
static void goes_on_behind_a_mark_without_a_version(void **state)
{
	(void)state;
	assert_string_equal(version_of(0, PROGRAM_MARK "x " PROGRAM_MARK "/ " PROGRAM_MARK "2.0 "),
			    "2.0");
	assert_null(version_of(0, PROGRAM_MARK ": "));
}

static void finds_the_mark_wherever_a_read_ends(void **state)
{
	(void)state;
	for (size_t back = 0; back < sizeof(PROGRAM_MARK) + 8; back++)
		assert_string_equal(version_of(CHUNK - back, PROGRAM_MARK "1.2.3\n"), "1.2.3");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_first_that_can_be_run),
		cmocka_unit_test(takes_a_path_as_it_is),
		cmocka_unit_test(knows_a_file_by_all_of_its_names),
		cmocka_unit_test(reads_the_version_behind_the_mark),
		cmocka_unit_test(goes_on_behind_a_mark_without_a_version),
		cmocka_unit_test(finds_the_mark_wherever_a_read_ends),
	};

	return cmocka_run_group_tests_name("program", tests, begin, end);
}
