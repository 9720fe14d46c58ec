#include "guard/supervise.h"

#include <errno.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"

#define LAST_WAIT 1000 /* milliseconds for the kernel to end a process that is killed */

long supervise_clock(void)
{
	struct timespec time = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Only the first reason counts. */
static void end_worker(struct supervision *supervision, enum killed why, int cause)
{
	if (supervision->killed)
		return;
	supervision->killed = why;
	supervision->cause = cause;
	supervision->until = supervise_clock() + LAST_WAIT;
	if (!supervision->has_ended)
		kill(supervision->worker, SIGKILL);
}

static void read_answer(struct supervision *supervision)
{
	char chunk[65536];
	ssize_t count = read(supervision->answer, chunk, sizeof(chunk));

	if (count > 0 && supervision->bytes.length + (size_t)count > MAX_ANSWER)
		end_worker(supervision, KILLED_TALKING, 0);
	else if (count > 0)
		buf_addn(&supervision->bytes, chunk, (size_t)count);
	else if (count < 0 && errno != EINTR)
		end_worker(supervision, KILLED_BLIND, errno);
	if (count == 0 || supervision->killed) {
		close(supervision->answer);
		supervision->answer = -1;
	}
}

static bool has_ended(struct supervision *supervision)
{
	pid_t ended = 0;

	do
		ended = waitpid(supervision->worker, &supervision->ended, WNOHANG);
	while (ended < 0 && errno == EINTR);
	return ended == supervision->worker;
}

static void read_signal(struct supervision *supervision)
{
	struct signalfd_siginfo signal;

	if (read(supervision->signals, &signal, sizeof(signal)) != sizeof(signal))
		return;
	if (signal.ssi_signo != SIGCHLD)
		end_worker(supervision, KILLED_INTERRUPTED, (int)signal.ssi_signo);
	else if (has_ended(supervision))
		supervision->has_ended = true;
}

/* What happens next; false once the last time is up, or where the worker has ended and the way of
 * its answer has not: whoever else holds that is not waited for. */
static bool wait_for_more(struct supervision *supervision)
{
	struct pollfd events[2] = { { .fd = supervision->answer, .events = POLLIN },
				    { .fd = supervision->signals, .events = POLLIN } };
	long left = supervision->until - supervise_clock();
	int ready = 0;

	if (left <= 0 && supervision->killed)
		return false;
	if (left <= 0)
		end_worker(supervision, KILLED_LATE, 0);
	else
		ready = poll(events, 2, supervision->has_ended ? 0 : (int)left);
	if (ready < 0 && errno != EINTR)
		end_worker(supervision, KILLED_BLIND, errno);
	if (ready == 0 && supervision->has_ended) {
		end_worker(supervision, KILLED_SHARED, 0);
		return false;
	}
	if (events[0].revents)
		read_answer(supervision);
	if (events[1].revents)
		read_signal(supervision);
	return true;
}

void supervise(struct supervision *supervision)
{
	while ((supervision->answer >= 0 || !supervision->has_ended) && wait_for_more(supervision))
		continue;
	if (supervision->answer >= 0)
		close(supervision->answer);
	supervision->answer = -1;
}
