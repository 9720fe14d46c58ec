#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/deadline.h"
#include "base/fail.h"
#include "judge/judge.h"
#include "rules/rules.h"
#include "tests/support/memory.h"

#define MUCH_TIME 86400
#define TIME_IS_UP "no verdict within 86400 s; be brief"

static int start(void **state)
{
	(void)state;
	failure_clear();
	deadline_start(MUCH_TIME, "be brief");
	return 0;
}

static int stop(void **state)
{
	failure_clear();
	deadline_start(MUCH_TIME, "be brief");
	alarm(0);
	(void)state;
	return 0;
}

static void has_time_until_the_signal(void **state)
{
	(void)state;
	assert_int_equal(deadline_check(), 0);
	raise(SIGALRM);
	assert_int_equal(deadline_check(), -1);
	assert_int_equal(failure_status(), 3);
	assert_string_equal(failure_message(), TIME_IS_UP);
}

static void stays_late_when_the_failure_is_forgiven(void **state)
{
	(void)state;
	raise(SIGALRM);
	assert_int_equal(deadline_check(), -1);
	failure_clear();
	assert_int_equal(deadline_check(), -1);
}

static void reads_no_file_once_the_time_is_up(void **state)
{
	struct arena arena = { 0 };
	struct entry entry = { 0 };
	struct snapshot *snapshot = memory_snapshot(&arena);

	(void)state;
	memory_file(snapshot, "Dockerfile", "FROM alpine\n", 12, true);
	assert_int_equal(snapshot_find(snapshot, &entry, "Dockerfile"), 0);
	raise(SIGALRM);
	assert_int_equal(snapshot_find(snapshot, &entry, "other"), -1);
	arena_release(&arena);
}

/* Every tree has a variant; the second is so large that the time is up when it is open. */
static int open_tree(const struct history *history, struct snapshot *snapshot, struct arena *arena,
		     struct view view)
{
	(void)history;
	*snapshot = *memory_snapshot(arena);
	memory_file(snapshot, "Dockerfile", "FROM alpine\n", 12, true);
	memory_file(snapshot, "Dockerfile.dev", "FROM alpine\n", 12, true);
	if (strcmp(view.tree, "b") == 0)
		raise(SIGALRM);
	return 0;
}

static int differ(const struct history *history, struct difference *difference, const char *one,
		  const char *other)
{
	(void)history;
	(void)one;
	(void)other;
	*vec_add(difference->arena, &difference->directories) = ".";
	return 0;
}

static void tells_what_was_found_before(void **state)
{
	struct arena arena = { 0 };
	struct report report = { 0 };
	struct policy policy = { 0 };
	struct judge_options options = { .policy = &policy };
	struct history history = { .open = open_tree, .differ = differ };

	(void)state;
	assert_int_equal(policy_default(&policy, &arena, rules), 0);
	*vec_add(&arena, &history.changes) = (struct change){ .commit = "1", .tree = "a" };
	*vec_add(&arena, &history.changes) = (struct change){ .commit = "2", .tree = "b" };
	*vec_add(&arena, &history.changes) = (struct change){ .commit = "3", .tree = "c" };
	assert_int_equal(judge(&report, &arena, &history, &options), -1);
	assert_string_equal(failure_message(), TIME_IS_UP);
	assert_int_equal(report.summary.commits, 1);
	assert_int_equal(report.findings.count, 1);
	assert_string_equal(report.findings.items[0].path, "Dockerfile.dev");
	assert_string_equal(report.findings.items[0].commit, "1");
	arena_release(&arena);
}

/* Run in another process what spins for ever where nothing asks for the time: what it says. */
static void spin(char *said, size_t room)
{
	int ends[2], status = 0;
	pid_t child = 0;
	sigset_t signals;
	ssize_t length = 0;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		sigfillset(&signals);
		sigprocmask(SIG_BLOCK, &signals, NULL);
		deadline_start(1, "spin less");
		for (volatile unsigned turns = 0;; turns++)
			continue;
	}
	close(ends[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	length = read(ends[0], said, room - 1);
	assert_true(length >= 0);
	said[length] = '\0';
	close(ends[0]);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
}

static void ends_by_force_what_never_asks(void **state)
{
	char said[256] = "";

	(void)state;
	spin(said, sizeof(said));
	assert_string_equal(said,
			    "onedockerfile: no verdict within 1 s; spin less (ended by force)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(has_time_until_the_signal, start, stop),
		cmocka_unit_test_setup_teardown(stays_late_when_the_failure_is_forgiven, start,
						stop),
		cmocka_unit_test_setup_teardown(reads_no_file_once_the_time_is_up, start, stop),
		cmocka_unit_test_setup_teardown(tells_what_was_found_before, start, stop),
		cmocka_unit_test(ends_by_force_what_never_asks),
	};

	return cmocka_run_group_tests_name("deadline", tests, NULL, NULL);
}
