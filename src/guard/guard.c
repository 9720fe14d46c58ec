#include "guard/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/fail.h"
#include "guard/ending.h"
#include "guard/worker.h"

/* These ask a process to end, or tell that a child has. */
static const int watched_signals[] = {
	SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM, SIGXCPU
};

#define SIGNAL_COUNT (sizeof(watched_signals) / sizeof(watched_signals[0]))

/* Which of them are blocked, to be read instead; what is ignored stays so. */
static int block_signals(sigset_t *blocked, sigset_t *before)
{
	sigemptyset(blocked);
	(void)signal(SIGCHLD, SIG_DFL);
	for (size_t i = 0; i < SIGNAL_COUNT; i++) {
		struct sigaction action;

		if (sigaction(watched_signals[i], NULL, &action) == 0 &&
		    action.sa_handler != SIG_IGN)
			sigaddset(blocked, watched_signals[i]);
	}
	return sigprocmask(SIG_BLOCK, blocked, before);
}

/* What there is before the worker: the way of its answer, and that of the signals. */
struct ways {
	int ends[2];
	int signals;
	sigset_t before; /* the signals that were blocked */
};

static void close_way(int *way)
{
	if (*way >= 0)
		close(*way);
	*way = -1;
}

static int open_ways(struct ways *ways)
{
	sigset_t blocked;

	*ways = (struct ways){ .ends = { -1, -1 }, .signals = -1 };
	/* As is the worker's: nobody waits for who has lost what started him. */
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) < 0 || block_signals(&blocked, &ways->before) < 0)
		return -1;
	ways->signals = signalfd(-1, &blocked, SFD_CLOEXEC | SFD_NONBLOCK);
	return ways->signals < 0 ? -1 : pipe2(ways->ends, O_CLOEXEC);
}

static bool may_be_written(const struct outlet_part *part, const struct guard *guard)
{
	if (!part->file)
		return true;
	vec_each (const char *const *, file, guard->files)
		if (strcmp(*file, part->file) == 0)
			return true;
	return false;
}

static int write_part(const struct outlet_part *part)
{
	struct buf bytes = { 0 };
	int failed = 0;

	buf_addn(&bytes, part->bytes, part->length);
	failed = part->file ? buf_write_file(&bytes, part->file)
			    : buf_write(&bytes, part->fd,
					part->fd == STDOUT_FILENO ? "standard output"
								  : "standard error");
	buf_release(&bytes);
	return failed;
}

/* All of it, also where one part cannot be written. */
static int write_all(const struct frame *frame)
{
	int failed = 0;

	vec_each (const struct outlet_part *, part, &frame->parts)
		if (write_part(part) < 0)
			failed = -1;
	return failed;
}

static enum guarded answer(int *status, struct supervision *supervision, struct arena *arena,
			   const struct guard *guard)
{
	struct frame frame = { 0 };

	if (ending_judge(&frame, supervision, arena, guard) < 0)
		return GUARD_FAILED;
	vec_each (const struct outlet_part *, part, &frame.parts)
		if (!may_be_written(part, guard)) {
			fail("the judging wants to write a file that is no report");
			return GUARD_FAILED;
		}
	/* To write may take as long again: whoever reads it may not. */
	deadline_start(guard->seconds, guard->advice);
	*status = write_all(&frame) < 0 ? -1 : frame.status;
	return GUARD_ANSWERED;
}

static enum guarded wait_for_answer(int *status, struct supervision *supervision,
				    struct arena *arena, const struct guard *guard)
{
	enum guarded guarded = GUARD_FAILED;

	supervise(supervision);
	guarded = answer(status, supervision, arena, guard);
	buf_release(&supervision->bytes);
	return guarded;
}

static long time_for(const struct guard *guard)
{
	return guard->seconds * 1000L + deadline_grace(guard->seconds);
}

enum guarded guard_start(int *status, struct arena *arena, const struct guard *guard)
{
	struct supervision supervision = { .until = supervise_clock() + time_for(guard) };
	struct worker_start start = { .supervisor = getpid() };
	struct ways ways;
	enum guarded guarded = GUARD_FAILED;

	if (open_ways(&ways) < 0 || (supervision.worker = fork()) < 0) {
		fail("cannot start the judging: %s", strerror(errno));
	} else if (supervision.worker == 0) {
		close_way(&ways.ends[0]);
		close_way(&ways.signals);
		start.answer = ways.ends[1];
		start.signals = ways.before;
		return worker_begin(&start, guard) < 0 ? GUARD_FAILED : GUARD_WORKER;
	} else {
		close_way(&ways.ends[1]);
		supervision.answer = ways.ends[0];
		supervision.signals = ways.signals;
		guarded = wait_for_answer(status, &supervision, arena, guard);
		ways.ends[0] = -1;
	}
	close_way(&ways.ends[0]);
	close_way(&ways.ends[1]);
	close_way(&ways.signals);
	return guarded;
}
