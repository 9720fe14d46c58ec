/* What comes of another program, however it ends. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/fail.h"
#include "base/process.h"

static struct arena arena;

/* What a shell says to a command, and with which status it ends. */
static void expect(const struct process *how, const char *command, int status, const char *said)
{
	struct process process = *how;
	struct buf output = { 0 };
	int ended = -1;
	const char *words[] = { "sh", "-c", command, NULL };

	process.words = words;
	assert_int_equal(process_run(&ended, &output, &process), 0);
	assert_int_equal(ended, status);
	assert_string_equal(buf_text(&output), said);
	buf_release(&output);
}

static void tells_what_it_says_and_how_it_ends(void **state)
{
	static const char *const unset[] = { "PROCESS_TEST", NULL };
	const struct process here = { .directory = "/" }, without = { "/", NULL, unset, NULL };

	(void)state;
	setenv("PROCESS_TEST", "x", 1);
	expect(&here, "pwd; echo $PROCESS_TEST", 0, "/\nx\n");
	expect(&without, "pwd; echo $PROCESS_TEST", 0, "/\n\n");
	expect(&here, "echo a; exit 7", 7, "a\n");
	expect(&here, "kill -9 $$", 128 + SIGKILL, "");
	unsetenv("PROCESS_TEST");
}

static void says_that_a_program_cannot_be_run(void **state)
{
	const char *words[] = { "/nowhere/program", NULL };
	const struct process process = { .directory = "/", .words = words };
	const struct process astray = { .directory = "/nowhere" };
	struct buf output = { 0 };
	int status = -1;

	(void)state;
	assert_int_equal(process_run(&status, &output, &process), 0);
	assert_int_equal(status, PROCESS_NOT_RUN);
	expect(&astray, "echo a", PROCESS_NOT_RUN, "");
	buf_release(&output);
}

/* Without input, and what it says to standard error is told as well. */
static void lets_it_work_in_a_place_of_its_own(void **state)
{
	struct throwaway place;
	struct process process = { .place = &place };
	struct stat there;

	(void)state;
	assert_int_equal(throwaway_make(&place, &arena, "test_process"), 0);
	process.directory = place.path;
	expect(&process, "cat; echo a >file; cat file; cat file >&2; cat none 2>/dev/null", 1,
	       "a\na\n");
	assert_int_equal(stat(place.path, &there), 0);
	assert_int_equal(there.st_mode & 07777, 0700);
	assert_int_equal(throwaway_remove(&place), 0);
	assert_int_equal(stat(place.path, &there), -1);
}

/* By the environment, where that names a directory that can be found from anywhere. */
static void makes_a_place_where_temporary_files_belong(void **state)
{
	char *before = getenv("TMPDIR");
	struct throwaway place;

	(void)state;
	before = before ? arena_string(&arena, before) : NULL;
	setenv("TMPDIR", "relative", 1);
	assert_int_equal(throwaway_make(&place, &arena, "test_process"), 0);
	assert_memory_equal(place.path, "/tmp/test_process.", strlen("/tmp/test_process."));
	assert_int_equal(throwaway_remove(&place), 0);
	setenv("TMPDIR", "/dev/shm", 1);
	assert_int_equal(throwaway_make(&place, &arena, "test_process"), 0);
	assert_memory_equal(place.path, "/dev/shm/test_process.", strlen("/dev/shm/test_process."));
	assert_int_equal(throwaway_remove(&place), 0);
	setenv("TMPDIR", "/nowhere", 1);
	assert_int_equal(throwaway_make(&place, &arena, "test_process"), -1);
	assert_non_null(strstr(failure_message(), "cannot make the directory '/nowhere/test_"));
	failure_clear();
	if (before)
		setenv("TMPDIR", before, 1);
	else
		unsetenv("TMPDIR");
}

static int end(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_it_says_and_how_it_ends),
		cmocka_unit_test(says_that_a_program_cannot_be_run),
		cmocka_unit_test(lets_it_work_in_a_place_of_its_own),
		cmocka_unit_test(makes_a_place_where_temporary_files_belong),
	};

	return cmocka_run_group_tests_name("process", tests, NULL, end);
}
