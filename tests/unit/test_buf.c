/* A report's file is replaced by a whole one; what is no file is written to as it is. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/fail.h"

#define DIRECTORY "build/test_buf"
#define FILE_OF_REPORT DIRECTORY "/report"
#define LINK DIRECTORY "/link"
#define PIPE DIRECTORY "/pipe"
#define SOCKET DIRECTORY "/socket"

static struct buf text;

static void forget(void)
{
	unlink(FILE_OF_REPORT);
	unlink(LINK);
	unlink(PIPE);
	unlink(SOCKET);
}

static int begin(void **state)
{
	(void)state;
	failure_clear();
	mkdir(DIRECTORY, 0755);
	forget();
	buf_add(&text, "a report\n");
	return 0;
}

static int end(void **state)
{
	(void)state;
	buf_release(&text);
	failure_clear();
	forget();
	return 0;
}

static void expect_read(int fd, const char *expected)
{
	char said[64] = "";

	assert_true(fd >= 0);
	assert_int_equal(read(fd, said, sizeof(said) - 1), strlen(expected));
	assert_string_equal(said, expected);
	close(fd);
}

static void expect_failure(const char *path, const char *message)
{
	assert_int_equal(buf_write_file(&text, path), -1);
	assert_string_equal(failure_message(), message);
	failure_clear();
}

static void makes_and_replaces_a_file(void **state)
{
	int before = -1;

	(void)state;
	assert_int_equal(buf_write_file(&text, FILE_OF_REPORT), 0);
	before = open(FILE_OF_REPORT, O_RDONLY | O_CLOEXEC);
	buf_clear(&text);
	buf_add(&text, "another\n");
	assert_int_equal(buf_write_file(&text, FILE_OF_REPORT), 0);
	expect_read(before, "a report\n");
	expect_read(open(FILE_OF_REPORT, O_RDONLY | O_CLOEXEC), "another\n");
}

static void writes_to_what_a_name_stands_for(void **state)
{
	int reader = -1;

	(void)state;
	assert_int_equal(mkfifo(PIPE, 0644), 0);
	reader = open(PIPE, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	assert_int_equal(buf_write_file(&text, PIPE), 0);
	expect_read(reader, "a report\n");
	assert_int_equal(symlink("/dev/null", LINK), 0);
	assert_int_equal(buf_write_file(&text, LINK), 0);
}

/* Standard output and standard error are what they are here, not what has that name. */
static void writes_to_its_own_streams(void **state)
{
	static const struct {
		int fd;
		const char *path;
	} streams[] = { { STDOUT_FILENO, "/dev/stdout" }, { STDERR_FILENO, "/dev/stderr" } };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		int kept = dup(streams[i].fd), ends[2], failed = 0;

		assert_int_equal(pipe(ends), 0);
		dup2(ends[1], streams[i].fd);
		failed = buf_write_file(&text, streams[i].path);
		dup2(kept, streams[i].fd);
		close(kept);
		close(ends[1]);
		assert_int_equal(failed, 0);
		expect_read(ends[0], "a report\n");
	}
}

static void leaves_a_link_to_a_file_alone(void **state)
{
	(void)state;
	assert_int_equal(symlink("report", LINK), 0);
	expect_failure(LINK, "'" LINK "' is a link; name the file itself");
	assert_int_equal(buf_write_file(&text, FILE_OF_REPORT), 0);
	expect_failure(LINK, "'" LINK "' is a link; name the file itself");
}

static void says_where_it_cannot_write(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = SOCKET };
	int socket_of = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)state;
	assert_int_equal(bind(socket_of, (struct sockaddr *)&address, sizeof(address)), 0);
	expect_failure(SOCKET, "cannot write to '" SOCKET "': No such device or address");
	close(socket_of);
	expect_failure(DIRECTORY "/none/report",
		       "cannot create '" DIRECTORY "/none/report': No such file or directory");
	expect_failure("/dev/full", "cannot write to /dev/full: No space left on device");
	assert_int_equal(buf_write(&text, -1, "it"), -1);
	assert_string_equal(failure_message(), "cannot write to it: Bad file descriptor");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(makes_and_replaces_a_file, begin, end),
		cmocka_unit_test_setup_teardown(writes_to_what_a_name_stands_for, begin, end),
		cmocka_unit_test_setup_teardown(writes_to_its_own_streams, begin, end),
		cmocka_unit_test_setup_teardown(leaves_a_link_to_a_file_alone, begin, end),
		cmocka_unit_test_setup_teardown(says_where_it_cannot_write, begin, end),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
