#include "base/throwaway.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fail.h"

#define MAX_OPEN 16       /* directories that are open at a time */
#define MAX_TRIES 100     /* to remove what somebody is still writing to */
#define WAIT (10 * 1000L) /* microseconds between two tries */

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *level)
{
	(void)status;
	(void)type;
	(void)level;
	return remove(path) < 0 && errno != ENOENT;
}

static bool is_gone(const char *path)
{
	struct stat status;

	return lstat(path, &status) < 0 && errno == ENOENT;
}

/* Who works there is dead at once, but not at the same time. */
static int remove_all(const char *path)
{
	for (int i = 0; i < MAX_TRIES; i++) {
		(void)nftw(path, remove_one, MAX_OPEN, FTW_DEPTH | FTW_PHYS);
		if (is_gone(path))
			return 0;
		usleep(WAIT);
	}
	return -1;
}

/* What a terminal sends to all that runs in it must not reach the one who cleans up. */
static void keep(const char *path, int line)
{
	pid_t group = 0, next = 0;
	ssize_t count = 0;

	setsid();
	(void)signal(SIGHUP, SIG_IGN);
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_IGN);
	while ((count = read(line, &next, sizeof(next))) != 0)
		if (count == sizeof(next))
			group = next;
	if (group > 1)
		kill(-group, SIGKILL);
	_exit(remove_all(path) < 0);
}

/* Where temporary files belong, by the environment. */
static const char *base_directory(void)
{
	const char *directory = getenv("TMPDIR");

	return directory && directory[0] == '/' ? directory : "/tmp";
}

int throwaway_make(struct throwaway *place, struct arena *arena, const char *name)
{
	char *path = arena_printf(arena, "%s/%s.XXXXXX", base_directory(), name);
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return fail("cannot make a pipe: %s", strerror(errno));
	if (!mkdtemp(path)) {
		close(ends[0]);
		close(ends[1]);
		return fail("cannot make the directory '%s': %s", path, strerror(errno));
	}
	place->keeper = fork();
	if (place->keeper == 0) {
		close(ends[1]);
		keep(path, ends[0]);
	}
	close(ends[0]);
	place->path = path;
	place->line = ends[1];
	if (place->keeper > 0)
		return 0;
	close(ends[1]);
	rmdir(path);
	return fail("cannot start a process: %s", strerror(errno));
}

void throwaway_watch(const struct throwaway *place, pid_t group)
{
	/* A keeper that is gone is found out by throwaway_remove(). */
	if (write(place->line, &group, sizeof(group)) < 0)
		return;
}

int throwaway_remove(struct throwaway *place)
{
	int status = 0;

	close(place->line);
	while (waitpid(place->keeper, &status, 0) < 0)
		if (errno != EINTR)
			return fail("cannot wait for a process: %s", strerror(errno));
	if (status != 0)
		return fail("cannot remove '%s'; do it by hand", place->path);
	return 0;
}
