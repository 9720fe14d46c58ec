/* What is not there is told from what nobody may know. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/fail.h"
#include "base/path.h"
#include "base/present.h"

#define LOOP "build/test_present.loop"
#define LINK "build/test_present.link"

static int begin(void **state)
{
	(void)state;
	unlink(LOOP);
	unlink(LINK);
	return symlink("test_present.loop", LOOP) < 0 || symlink("/dev/null", LINK) < 0;
}

static int end(void **state)
{
	(void)state;
	return unlink(LOOP) < 0 || unlink(LINK) < 0;
}

static void looks_at_a_link_or_behind_it(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(present(&status, LINK), 1);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(present_behind(&status, LINK), 1);
	assert_true(S_ISCHR(status.st_mode));
	assert_int_equal(present(&status, LOOP), 1);
}

static void knows_what_is_not_there(void **state)
{
	static char name[5000];
	const char *const paths[] = { "build/none", "/dev/null/below", LOOP "/below", LOOP, name };
	struct arena arena = { 0 };
	const char *real = NULL;
	struct stat status;

	(void)state;
	memset(name, 'a', sizeof(name) - 1);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		assert_int_equal(present_behind(&status, paths[i]), 0);
		assert_int_equal(path_real(&real, &arena, paths[i]), 0);
	}
	assert_int_equal(failure_status(), 0);
	assert_int_equal(path_real(&real, &arena, LINK), 1);
	assert_string_equal(real, "/dev/null");
	arena_release(&arena);
}

static void takes_no_other_error_for_absence(void **state)
{
	static const int errors[] = { EACCES, EIO, ENOMEM, EMFILE, EINTR, EPERM, ESTALE, 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		assert_false(present_not(errors[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_at_a_link_or_behind_it),
		cmocka_unit_test(knows_what_is_not_there),
		cmocka_unit_test(takes_no_other_error_for_absence),
	};

	return cmocka_run_group_tests_name("present", tests, begin, end);
}
