#include <fcntl.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/progress.h"

static int master, standard_error;

/* Standard error is a terminal. */
static int open_terminal(void **state)
{
	int slave = -1;

	(void)state;
	standard_error = dup(STDERR_FILENO);
	return openpty(&master, &slave, NULL, NULL, NULL) < 0 ||
	       fcntl(master, F_SETFL, O_NONBLOCK) < 0 || dup2(slave, STDERR_FILENO) < 0 ||
	       close(slave) < 0;
}

static int close_terminal(void **state)
{
	(void)state;
	close(master);
	return dup2(standard_error, STDERR_FILENO) < 0;
}

/* What came to the terminal since it was last asked. */
static const char *shown(void)
{
	static char bytes[256];
	ssize_t length = read(master, bytes, sizeof(bytes) - 1);

	bytes[length < 0 ? 0 : length] = '\0';
	return bytes;
}

static void wait_for(unsigned milliseconds)
{
	usleep((milliseconds + 10) * 1000);
}

static void shows_nothing_before_half_a_second(void **state)
{
	(void)state;
	progress_start();
	progress_show(1, 99);
	progress_clear();
	assert_string_equal(shown(), "");
}

static void writes_one_line_again_and_takes_it_away(void **state)
{
	(void)state;
	progress_start();
	wait_for(PROGRESS_DELAY);
	progress_show(9, 99);
	assert_string_equal(shown(), "\rjudged 9 of 99 commits");
	wait_for(PROGRESS_INTERVAL);
	progress_show(10, 99);
	assert_string_equal(shown(), "\rjudged 10 of 99 commits");
	progress_clear();
	assert_string_equal(shown(), "\r                       \r");
	progress_clear();
	assert_string_equal(shown(), "");
}

static void shows_nothing_of_one_alone(void **state)
{
	(void)state;
	progress_start();
	wait_for(PROGRESS_DELAY);
	progress_show(0, 1);
	assert_string_equal(shown(), "");
}

static void fits_the_largest_numbers(void **state)
{
	(void)state;
	progress_start();
	wait_for(PROGRESS_DELAY);
	progress_show(SIZE_MAX, SIZE_MAX);
	assert_string_equal(shown(),
			    "\rjudged 18446744073709551615 of 18446744073709551615 commits");
	progress_clear();
	assert_int_equal(strlen(shown()), 59 + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_nothing_before_half_a_second),
		cmocka_unit_test(writes_one_line_again_and_takes_it_away),
		cmocka_unit_test(shows_nothing_of_one_alone),
		cmocka_unit_test(fits_the_largest_numbers),
	};

	return cmocka_run_group_tests_name("progress", tests, open_terminal, close_terminal);
}
