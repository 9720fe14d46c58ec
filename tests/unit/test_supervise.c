/* Every way in which a worker can break: none is an answer. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/fail.h"
#include "guard/guard.h"
#include "guard/worker.h"

#define REPORT "build/test_supervise.report"

static struct arena arena;

static int begin(void **state)
{
	(void)state;
	failure_clear();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_release(&arena);
	failure_clear();
	unlink(REPORT);
	alarm(0); /* writing has a deadline */
	return 0;
}

/* The worker does that, and never comes back. */
static enum guarded guarded_by(int *status, void (*work)(void))
{
	static const char *names[] = { REPORT };
	const struct strings files = { .items = names, .count = 1 };
	const struct guard guard = { .seconds = 1, .advice = "be brief", .files = &files };
	enum guarded guarded = guard_start(status, &arena, &guard);

	if (guarded == GUARD_WORKER) {
		work();
		_exit(guard_finish(0));
	}
	return guarded;
}

/* A worker that is broken, and what is said of it. */
struct broken {
	void (*work)(void);
	const char *message;
};

static void refuses(void **state)
{
	const struct broken *broken = *state;
	int status = -1;

	failure_clear();
	assert_int_equal(guarded_by(&status, broken->work), GUARD_FAILED);
	assert_int_equal(status, -1);
	assert_int_equal(failure_status(), 3);
	assert_string_equal(failure_message(), broken->message);
	/* Nothing it wanted was written, and it is gone. */
	assert_int_equal(access(REPORT, F_OK), -1);
	assert_int_equal(access(REPORT ".other", F_OK), -1);
	assert_int_equal(waitpid(-1, &status, WNOHANG), -1);
}

static void say(const char *text, int fd)
{
	struct buf buf = { 0 };

	buf_add(&buf, text);
	if (buf_write(&buf, fd, "standard output") < 0)
		_exit(9);
	buf_release(&buf);
}

static void say_to_file(const char *path)
{
	struct buf buf = { 0 };

	buf_add(&buf, "{}\n");
	if (buf_write_file(&buf, path) < 0)
		_exit(9);
	buf_release(&buf);
}

static void end_by(int number)
{
	signal(number, SIG_DFL); /* a sanitizer has its own */
	raise(number);
}

static void work_well(void)
{
	say("nothing\n", STDOUT_FILENO);
	say_to_file(REPORT);
}

static void takes_a_whole_answer(void **state)
{
	char bytes[16] = "";
	int ends[2], kept = dup(STDOUT_FILENO), status = -1, file = -1;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDOUT_FILENO);
	assert_int_equal(guarded_by(&status, work_well), GUARD_ANSWERED);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	close(ends[1]);
	assert_int_equal(status, 0);
	assert_int_equal(failure_status(), 0);
	assert_int_equal(read(ends[0], bytes, sizeof(bytes)), 8);
	assert_string_equal(bytes, "nothing\n");
	close(ends[0]);
	file = open(REPORT, O_RDONLY | O_CLOEXEC);
	assert_int_equal(read(file, bytes, sizeof(bytes)), 3);
	close(file);
}

static void find_something(void)
{
	_exit(guard_finish(1));
}

static void takes_the_status_of_the_answer(void **state)
{
	int status = -1;

	(void)state;
	assert_int_equal(guarded_by(&status, find_something), GUARD_ANSWERED);
	assert_int_equal(status, 1);
}

static void says_what_cannot_be_written(void **state)
{
	int kept = dup(STDOUT_FILENO), full = open("/dev/full", O_WRONLY | O_CLOEXEC), status = 0;

	(void)state;
	dup2(full, STDOUT_FILENO);
	assert_int_equal(guarded_by(&status, work_well), GUARD_ANSWERED);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	close(full);
	assert_int_equal(status, -1);
	assert_string_equal(failure_message(),
			    "cannot write to standard output: No space left on device");
	assert_int_equal(access(REPORT, F_OK), 0);
}

static void run_out_of_memory(void)
{
	die("out of memory");
}

static void lets_a_worker_die_with_its_own_words(void **state)
{
	char bytes[64] = "";
	int ends[2], kept = dup(STDERR_FILENO), status = -1;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	assert_int_equal(guarded_by(&status, run_out_of_memory), GUARD_ANSWERED);
	dup2(kept, STDERR_FILENO);
	close(kept);
	close(ends[1]);
	assert_int_equal(status, 3);
	assert_in_range(read(ends[0], bytes, sizeof(bytes)), 1, sizeof(bytes) - 1);
	assert_string_equal(bytes, "onedockerfile: out of memory\n");
	close(ends[0]);
}

static void crash(void)
{
	end_by(SIGSEGV);
}

static void break_off(void)
{
	end_by(SIGABRT);
}

static void be_killed(void)
{
	end_by(SIGKILL);
}

static void be_ended(void)
{
	end_by(SIGUSR1);
}

static void answer_and_crash(void)
{
	work_well();
	(void)guard_finish(0);
	end_by(SIGSEGV);
}

static void spin(void)
{
	for (volatile unsigned turns = 0;; turns++)
		continue;
}

static void sleep_long(void)
{
	for (;;)
		pause();
}

static void close_and_sleep(void)
{
	close(worker_answer());
	sleep_long();
}

/* Somebody else still has the pipe. */
static void leave_another(void)
{
	if (fork() == 0)
		sleep(4);
}

static void leave(void)
{
	_exit(0);
}

static void close_pipe(void)
{
	close(worker_answer());
	_exit(0);
}

static void leave_in_the_middle(void)
{
	work_well();
	_exit(0);
}

/* The answer goes through our hands before it comes to its own pipe. */
static void change_a_bit(void)
{
	int answer = dup(worker_answer()), ends[2];
	char bytes[4096];
	ssize_t length = 0;

	if (pipe(ends) < 0 || dup2(ends[1], worker_answer()) < 0)
		_exit(9);
	work_well();
	(void)guard_finish(0);
	length = read(ends[0], bytes, sizeof(bytes));
	bytes[20] = (char)(bytes[20] ^ 1);
	_exit(write(answer, bytes, (size_t)length) == length ? 0 : 9);
}

static void say_more(void)
{
	(void)guard_finish(0);
	_exit(write(worker_answer(), "?", 1) == 1 ? 0 : 9);
}

static void say_pass_and_end_otherwise(void)
{
	(void)guard_finish(0);
	_exit(1);
}

static void say_findings_and_end_well(void)
{
	(void)guard_finish(1);
	_exit(0);
}

static void talk_for_ever(void)
{
	static const char chunk[1 << 16];

	while (write(worker_answer(), chunk, sizeof(chunk)) > 0)
		continue;
}

static void write_elsewhere(void)
{
	say_to_file(REPORT ".other");
}

static void interrupt(void)
{
	kill(getppid(), SIGTERM);
	sleep_long();
}

static void refuses_without_a_process(void **state)
{
	struct rlimit before, none;
	int status = -1;

	(void)state;
	/* Of open files, since who is root may have any number of processes. */
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = (struct rlimit){ 3, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_int_equal(guarded_by(&status, leave), GUARD_FAILED);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_string_equal(failure_message(), "cannot start the judging: Too many open files");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
#define NO_VERDICT ", so there is no verdict; push again, and report it if it stays so"
#define ENDED_WELL "the judging ended with status 0, but its answer "
#define LATE "no verdict within 1 s; be brief (ended by force)"

#define REFUSES(name, message)                                                                     \
	{                                                                                          \
		"refuses " #name, refuses, NULL, end, &(struct broken)                             \
		{                                                                                  \
			name, message                                                              \
		}                                                                                  \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(takes_a_whole_answer),
		TEST(takes_the_status_of_the_answer),
		TEST(says_what_cannot_be_written),
		TEST(lets_a_worker_die_with_its_own_words),
		TEST(refuses_without_a_process),
		REFUSES(crash, "the judging crashed (SIGSEGV)" NO_VERDICT),
		REFUSES(break_off, "the judging crashed (SIGABRT)" NO_VERDICT),
		REFUSES(be_killed, "the judging was killed, as it happens where memory is short "
				   "(SIGKILL)" NO_VERDICT),
		REFUSES(be_ended, "the judging was ended (signal 10)" NO_VERDICT),
		REFUSES(answer_and_crash, "the judging crashed (SIGSEGV)" NO_VERDICT),
		REFUSES(spin, LATE),
		REFUSES(sleep_long, LATE),
		REFUSES(close_and_sleep, LATE),
		REFUSES(leave_another,
			"the judging has ended, but not its answer, so there is no verdict"),
		/* Its mark has come when it begins. */
		REFUSES(leave, ENDED_WELL "is cut off"),
		REFUSES(close_pipe, ENDED_WELL "is cut off"),
		REFUSES(leave_in_the_middle, ENDED_WELL "is cut off"),
		REFUSES(change_a_bit, ENDED_WELL "is damaged"),
		REFUSES(say_more, ENDED_WELL "goes on behind its end"),
		REFUSES(say_pass_and_end_otherwise,
			"the judging ended with status 1, but its answer says 0"),
		REFUSES(say_findings_and_end_well, ENDED_WELL "says 1"),
		REFUSES(talk_for_ever, "the reports have more than 134217728 bytes; be brief"),
		REFUSES(write_elsewhere, "the judging wants to write a file that is no report"),
		REFUSES(interrupt, "interrupted by SIGTERM before there was a verdict"),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("supervise", tests, NULL, NULL);
}
