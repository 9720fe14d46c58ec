#include "guard/ending.h"

#include <string.h>
#include <sys/wait.h>

#include "base/deadline.h"
#include "base/fail.h"
#include "base/limits.h"

/* What is known of an end by a signal; of any other one is told its number. */
static const struct {
	int signal;
	const char *name;
	const char *words; /* of a worker that it ended */
} signals[] = {
	{ SIGABRT, "SIGABRT", "crashed" },
	{ SIGALRM, "SIGALRM", "was ended" },
	{ SIGBUS, "SIGBUS", "crashed" },
	{ SIGFPE, "SIGFPE", "crashed" },
	{ SIGHUP, "SIGHUP", "was ended" },
	{ SIGILL, "SIGILL", "crashed" },
	{ SIGINT, "SIGINT", "was ended" },
	{ SIGKILL, "SIGKILL", "was killed, as it happens where memory is short" },
	{ SIGQUIT, "SIGQUIT", "was ended" },
	{ SIGSEGV, "SIGSEGV", "crashed" },
	{ SIGSYS, "SIGSYS", "did what it may not do" },
	{ SIGTERM, "SIGTERM", "was ended" },
	{ SIGXCPU, "SIGXCPU", "took more processor time than it may" },
	{ SIGXFSZ, "SIGXFSZ", "did what it may not do" },
};

#define SIGNAL_COUNT (sizeof(signals) / sizeof(signals[0]))

static const char *signal_name(struct arena *arena, int number)
{
	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		if (signals[i].signal == number)
			return signals[i].name;
	return arena_printf(arena, "signal %d", number);
}

static const char *signal_words(int number)
{
	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		if (signals[i].signal == number)
			return signals[i].words;
	return "was ended";
}

static int fail_killed(const struct supervision *supervision, struct arena *arena,
		       const struct guard *guard)
{
	switch (supervision->killed) {
	case KILLED_LATE:
		return fail(DEADLINE_WORDS " (ended by force)", guard->seconds, guard->advice);
	case KILLED_TALKING:
		return fail("the reports have more than %u bytes; %s", MAX_ANSWER, guard->advice);
	case KILLED_INTERRUPTED:
		return fail("interrupted by %s before there was a verdict",
			    signal_name(arena, supervision->cause));
	case KILLED_SHARED:
		return fail("the judging has ended, but not its answer, so there is no verdict");
	default:
		return fail("cannot watch the judging: %s", strerror(supervision->cause));
	}
}

int ending_judge(struct frame *frame, const struct supervision *supervision, struct arena *arena,
		 const struct guard *guard)
{
	int ended = supervision->ended;
	const char *wrong = NULL;

	if (supervision->killed)
		return fail_killed(supervision, arena, guard);
	if (WIFSIGNALED(ended))
		return fail("the judging %s (%s), so there is no verdict; push again, and report "
			    "it if it stays so",
			    signal_words(WTERMSIG(ended)), signal_name(arena, WTERMSIG(ended)));
	wrong = frame_read(frame, arena, buf_text(&supervision->bytes), supervision->bytes.length);
	if (wrong)
		return fail("the judging ended with status %d, but its answer %s",
			    WEXITSTATUS(ended), wrong);
	if (WEXITSTATUS(ended) != frame->status)
		return fail("the judging ended with status %d, but its answer says %d",
			    WEXITSTATUS(ended), frame->status);
	return 0;
}
