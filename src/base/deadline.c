#include "base/deadline.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/progress.h"

#define MILLISECOND 1000 /* in microseconds, which setitimer(2) takes */
#define LAST_TICK 5      /* of the grace: then the process ends */

/* The other state that outlives a call: a signal has no other way to say it. How often the signal
 * has come since the time was up, 1 at once; 0: it is not. */
static volatile sig_atomic_t late;
static char message[256];

/* Only what a signal handler may do (signal-safety(7)). */
static void tick(int signal)
{
	static const char name[] = "onedockerfile: ", end[] = " (ended by force)\n";
	int before = errno;

	(void)signal;
	if (late > LAST_TICK) {
		progress_clear();
		if (write(STDERR_FILENO, name, sizeof(name) - 1) < 0 ||
		    write(STDERR_FILENO, message, strlen(message)) < 0 ||
		    write(STDERR_FILENO, end, sizeof(end) - 1) < 0)
			_exit(3);
		_exit(3);
	}
	late++;
	errno = before;
}

static struct timeval milliseconds(unsigned count)
{
	return (struct timeval){ .tv_sec = count / 1000, .tv_usec = count % 1000 * MILLISECOND };
}

unsigned deadline_grace(unsigned seconds)
{
	unsigned eighth = seconds * (1000 / 8);

	return eighth < 500 ? 500 : eighth > DEADLINE_GRACE * 1000 ? DEADLINE_GRACE * 1000 : eighth;
}

void deadline_start(unsigned seconds, const char *advice)
{
	struct sigaction action = { .sa_handler = tick };
	struct itimerval timer = { .it_value = { .tv_sec = seconds },
				   .it_interval =
					   milliseconds(deadline_grace(seconds) / LAST_TICK) };
	sigset_t signals;

	late = 0;
	(void)snprintf(message, sizeof(message), DEADLINE_WORDS, seconds, advice);
	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, NULL);
	/* Whoever started us may have blocked it. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &signals, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

int deadline_check(void)
{
	return late ? fail("%s", message) : 0;
}
