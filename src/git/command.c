#include "git/command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/fail.h"

#define MAX_ARGUMENTS 16

/* In the child: nothing that allocates. */
static void run(const char *directory, const char **words, int output)
{
	if (dup2(output, STDOUT_FILENO) < 0 || chdir(directory) < 0)
		_exit(127);
	execvp("git", (char *const *)(void *)words);
	_exit(127);
}

static int read_all(struct buf *output, int fd)
{
	char chunk[65536];

	for (;;) {
		ssize_t count = read(fd, chunk, sizeof(chunk));

		if (count < 0 && errno == EINTR && deadline_check() == 0)
			continue;
		if (count < 0)
			return fail("cannot read what git says: %s", strerror(errno));
		if (count == 0)
			return 0;
		buf_addn(output, chunk, (size_t)count);
	}
}

static int wait_for(pid_t child, const char *name)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return fail("cannot wait for git: %s", strerror(errno));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return fail("'git %s' failed", name);
	return 0;
}

int git_command(struct buf *output, struct repository *repository, const char *const *arguments)
{
	const char *directory = repository->work_dir ? repository->work_dir : repository->git_dir;
	const char *words[MAX_ARGUMENTS + 5] = { "git", "--no-replace-objects", "--git-dir",
						 repository->git_dir };
	int ends[2];
	pid_t child = 0;
	int failed = 0;

	for (size_t i = 0; arguments[i] && i < MAX_ARGUMENTS; i++)
		words[4 + i] = arguments[i];
	if (pipe2(ends, O_CLOEXEC) < 0)
		return fail("cannot run git: %s", strerror(errno));
	child = fork();
	if (child < 0)
		return fail("cannot run git: %s", strerror(errno));
	if (child == 0)
		run(directory, words, ends[1]);
	close(ends[1]);
	failed = read_all(output, ends[0]);
	if (failed)
		kill(child, SIGTERM);
	close(ends[0]);
	return wait_for(child, arguments[0]) < 0 ? -1 : failed;
}
