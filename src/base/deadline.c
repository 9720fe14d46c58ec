#include "base/deadline.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/fail.h"

/* The other state that outlives a call: a signal has no other way to say it. Seconds since the time
 * was up, 1 at once; 0: it is not. */
static volatile sig_atomic_t late;

/* Only what a signal handler may do (signal-safety(7)). */
static void tick(int signal)
{
	static const char message[] =
		"onedockerfile: the time that --timeout allows is up, and nothing else helped\n";
	int before = errno;

	(void)signal;
	if (late == DEADLINE_GRACE + 1) {
		if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
			_exit(3);
		_exit(3);
	}
	late++;
	alarm(1);
	errno = before;
}

void deadline_start(unsigned seconds)
{
	struct sigaction action = { .sa_handler = tick };

	late = 0;
	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, NULL);
	alarm(seconds);
}

int deadline_check(void)
{
	return late ? fail("the time that --timeout allows is up; judge less, or allow more") : 0;
}
