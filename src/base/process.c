#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/fail.h"

static int be_alone(int output)
{
	int input = open("/dev/null", O_RDONLY | O_CLOEXEC);

	setsid();
	return input < 0 || dup2(input, STDIN_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0 ? -1
											     : 0;
}

/* In the child: nothing that allocates. */
static void run(const struct process *process, int output)
{
	for (const char *const *name = process->unset; name && *name; name++)
		unsetenv(*name);
	if (process->place && be_alone(output) < 0)
		_exit(PROCESS_NOT_RUN);
	if (dup2(output, STDOUT_FILENO) < 0 || chdir(process->directory) < 0)
		_exit(PROCESS_NOT_RUN);
	execvp(process->words[0], (char *const *)(void *)process->words);
	_exit(PROCESS_NOT_RUN);
}

static int read_all(struct buf *output, int fd, const char *name)
{
	char chunk[65536];

	for (;;) {
		ssize_t count = read(fd, chunk, sizeof(chunk));

		if (count < 0 && errno == EINTR && deadline_check() == 0)
			continue;
		if (count < 0)
			return fail("cannot read what %s says: %s", name, strerror(errno));
		if (count == 0)
			return 0;
		buf_addn(output, chunk, (size_t)count);
	}
}

static int wait_for(int *status, pid_t child, const char *name)
{
	int ended = 0;

	while (waitpid(child, &ended, 0) < 0)
		if (errno != EINTR)
			return fail("cannot wait for %s: %s", name, strerror(errno));
	*status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
	return 0;
}

int process_run(int *status, struct buf *output, const struct process *process)
{
	const char *name = process->words[0];
	int ends[2];
	pid_t child = 0;
	int failed = 0;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return fail("cannot run %s: %s", name, strerror(errno));
	child = fork();
	if (child == 0)
		run(process, ends[1]);
	if (child < 0)
		failed = fail("cannot run %s: %s", name, strerror(errno));
	/* As long as it is open here, what it says does not end. */
	if (close(ends[1]) < 0 && !failed)
		failed = fail("cannot read what %s says: %s", name, strerror(errno));
	if (child < 0) {
		close(ends[0]);
		return -1;
	}
	if (process->place)
		throwaway_watch(process->place, child);
	if (!failed)
		failed = read_all(output, ends[0], name);
	if (failed)
		kill(process->place ? -child : child, process->place ? SIGKILL : SIGTERM);
	close(ends[0]);
	failed = wait_for(status, child, name) < 0 ? -1 : failed;
	if (process->place)
		throwaway_watch(process->place, 0);
	return failed;
}
