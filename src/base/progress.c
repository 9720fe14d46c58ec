#include "base/progress.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_LINE 79 /* columns; the last one of a terminal makes a new line */

static struct {
	bool is_wanted;
	long next;                     /* milliseconds on the clock when it is shown again */
	volatile sig_atomic_t columns; /* of the line that stands there */
} progress;

static long now(void)
{
	struct timespec time = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* A job in the background does not write on what another one is at. */
static bool is_ours(int terminal)
{
	pid_t group = tcgetpgrp(terminal);

	return isatty(terminal) && (group < 0 || group == getpgrp());
}

void progress_start(void)
{
	progress.is_wanted = is_ours(STDERR_FILENO);
	progress.next = now() + PROGRESS_DELAY;
}

void progress_show(size_t done, size_t all)
{
	char line[MAX_LINE + 2];
	long time = progress.is_wanted ? now() : 0;
	int length = 0;

	if (!progress.is_wanted || all < 2 || time < progress.next)
		return;
	progress.next = time + PROGRESS_INTERVAL;
	/* A later line is never shorter: it covers the one before. */
	length = snprintf(line, sizeof(line), "\rjudged %zu of %zu commits", done, all);
	if (length <= 0 || length > MAX_LINE + 1 || write(STDERR_FILENO, line, (size_t)length) < 0)
		progress.is_wanted = false;
	else
		progress.columns = length - 1;
}

void progress_clear(void)
{
	char line[MAX_LINE + 2];
	size_t columns = (size_t)progress.columns;
	int before = errno;

	if (columns == 0)
		return;
	progress.columns = 0;
	memset(line, ' ', sizeof(line));
	line[0] = line[columns + 1] = '\r';
	/* Who cannot write here can do nothing about it. */
	if (write(STDERR_FILENO, line, columns + 2) < 0)
		progress.is_wanted = false;
	errno = before;
}
