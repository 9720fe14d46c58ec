/* What a worker can still do once it is confined: it tries everything, and tells what it could. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/buf.h"
#include "base/fail.h"
#include "guard/build.h"
#include "guard/confine.h"
#include "guard/guard.h"
#include "guard/landlock.h"
#include "guard/seccomp.h"

#define DIRECTORY "build/test_confine"
#define ROOM 4096

/* Of other processes. */
#define PROCESSES                                                                                  \
	(SANITIZED ? ""                                                                            \
		   : "start a process: denied\n"                                                   \
		     "end another: no\n"                                                           \
		     "trace another: no\n"                                                         \
		     "write elsewhere: denied\n")

static struct arena arena;

static void make_file(const char *path)
{
	int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	assert_true(file >= 0);
	assert_int_equal(write(file, "x", 1), 1);
	close(file);
}

static int begin(void **state)
{
	(void)state;
	mkdir(DIRECTORY, 0755);
	mkdir(DIRECTORY "/ours", 0755);
	mkdir(DIRECTORY "/theirs", 0755);
	make_file(DIRECTORY "/ours/file");
	make_file(DIRECTORY "/theirs/file");
	make_file(DIRECTORY "/policy");
	unlink(DIRECTORY "/ours/link");
	assert_int_equal(symlink("../theirs/file", DIRECTORY "/ours/link"), 0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_release(&arena);
	failure_clear();
	alarm(0);
	return 0;
}

/* Said by the worker: a try, and how it came out. */
static struct buf told;

static void tell(const char *what, long result)
{
	buf_addf(&told, "%s: %s\n", what, result >= 0 ? "yes" : errno == ENOSYS ? "no" : "denied");
}

static void try_files(void)
{
	tell("read ours", open(DIRECTORY "/ours/file", O_RDONLY | O_CLOEXEC));
	tell("list ours", open(DIRECTORY "/ours", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	tell("read the policy", open(DIRECTORY "/policy", O_RDONLY | O_CLOEXEC));
	tell("read theirs", open(DIRECTORY "/theirs/file", O_RDONLY | O_CLOEXEC));
	tell("read theirs by a link", open(DIRECTORY "/ours/link", O_RDONLY | O_CLOEXEC));
	tell("list theirs", open(DIRECTORY "/theirs", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	tell("read /etc/passwd", open("/etc/passwd", O_RDONLY | O_CLOEXEC));
}

static void try_to_write(void)
{
	tell("write ours", open(DIRECTORY "/ours/file", O_WRONLY | O_CLOEXEC));
	tell("change ours", open(DIRECTORY "/ours/file", O_RDWR | O_CLOEXEC));
	tell("make a file", open(DIRECTORY "/ours/new", O_RDONLY | O_CREAT | O_CLOEXEC, 0644));
	tell("make one without a name",
	     open(DIRECTORY "/ours", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0644));
	tell("remove ours", unlink(DIRECTORY "/ours/file"));
	tell("rename ours", rename(DIRECTORY "/ours/file", DIRECTORY "/ours/other"));
	tell("make a directory", mkdir(DIRECTORY "/ours/below", 0755));
	tell("change its rights", chmod(DIRECTORY "/ours/file", 0600));
	tell("cut it", truncate(DIRECTORY "/ours/file", 0));
}

static void try_others(void)
{
	char *const words[] = { (char[]){ "true" }, NULL };
	void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	tell("reach a network", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
	tell("reach a neighbour", socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
	tell("run a program", execv("/bin/true", words));
	tell("map code", mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			      0) == MAP_FAILED
				 ? -1
				 : 0);
	tell("make code", mprotect(page, 4096, PROT_READ | PROT_EXEC));
	tell("leave the root", chroot("/"));
	tell("ask who sends", fcntl(STDIN_FILENO, F_SETOWN, getpid()));
}

static void try_processes(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	tell("start a process", child);
	tell("end another", kill(1, 0));
	tell("trace another", ptrace(PTRACE_ATTACH, 1, NULL, NULL));
	tell("write elsewhere", write(STDERR_FILENO, "", 0));
}

static void be_confined(void)
{
	static const char *names[] = { DIRECTORY "/ours", DIRECTORY "/policy", DIRECTORY "/none" };
	const struct strings paths = { .items = names, .count = 3 };
	const char *words = NULL;

	if (confine(&words, &arena, &paths) < 0)
		_exit(guard_finish(3));
	try_files();
	try_to_write();
	try_others();
	/* What a sanitizer does itself. */
	if (!SANITIZED)
		try_processes();
	if (buf_write(&told, STDOUT_FILENO, "standard output") < 0)
		_exit(9);
	buf_release(&told);
	arena_release(&arena);
	_exit(guard_finish(0));
}

/* What a worker says that is confined. */
static void confined(char said[ROOM])
{
	const struct strings none = { 0 };
	const struct guard guard = { .seconds = 20, .advice = "be brief", .files = &none };
	int kept = dup(STDOUT_FILENO), status = -1, ends[2];
	enum guarded guarded = GUARD_FAILED;
	ssize_t length = 0;

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDOUT_FILENO);
	guarded = guard_start(&status, &arena, &guard);
	if (guarded == GUARD_WORKER)
		be_confined();
	dup2(kept, STDOUT_FILENO);
	close(kept);
	close(ends[1]);
	length = read(ends[0], said, ROOM - 1);
	close(ends[0]);
	assert_int_equal(guarded, GUARD_ANSWERED);
	assert_int_equal(status, 0);
	assert_true(length > 0);
	said[length] = '\0';
}

/* Does the kernel have both? By its own word, not by our code's. */
static bool is_able(void)
{
	const int create_ruleset = 444, ask_version = 1;

	return syscall(create_ruleset, NULL, 0, ask_version) > 0 && prctl(PR_GET_SECCOMP) >= 0;
}

static void can_read_what_it_is_given_and_nothing_else(void **state)
{
	char said[ROOM], wanted[ROOM];

	(void)state;
	/* cmocka's own skip() counts as failed where prove reads it. */
	if (COVERED || !is_able()) {
		print_message("# not confined: no Landlock or no seccomp here\n");
		return;
	}
	confined(said);
	(void)snprintf(wanted, sizeof(wanted), "%s%s",
		       "read ours: yes\n"
		       "list ours: yes\n"
		       "read the policy: yes\n"
		       "read theirs: denied\n"
		       "read theirs by a link: denied\n"
		       "list theirs: denied\n"
		       "read /etc/passwd: denied\n"
		       "write ours: denied\n"
		       "change ours: denied\n"
		       "make a file: denied\n"
		       "make one without a name: denied\n"
		       "remove ours: no\n"
		       "rename ours: no\n"
		       "make a directory: no\n"
		       "change its rights: no\n"
		       "cut it: no\n"
		       "reach a network: no\n"
		       "reach a neighbour: no\n"
		       "run a program: no\n"
		       "map code: denied\n"
		       "make code: denied\n"
		       "leave the root: no\n"
		       "ask who sends: denied\n",
		       PROCESSES);
	assert_string_equal(said, wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(can_read_what_it_is_given_and_nothing_else, begin,
						end),
	};

	return cmocka_run_group_tests_name("confine", tests, NULL, NULL);
}
