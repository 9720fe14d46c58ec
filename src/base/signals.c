#include "base/signals.h"

#include <stddef.h>

void signals_hold(sigset_t *before)
{
	sigset_t all;

	sigfillset(&all);
	(void)sigprocmask(SIG_BLOCK, &all, before);
}

void signals_let(const sigset_t *before)
{
	(void)sigprocmask(SIG_SETMASK, before, NULL);
}
