#include "guard/worker.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/deadline.h"
#include "base/fail.h"
#include "base/limits.h"
#include "guard/build.h"
#include "guard/frame.h"

static struct frame_writer writer;

static int put(const struct outlet_part *part)
{
	return frame_put(&writer, part);
}

static int end(int status)
{
	return frame_end(&writer, status);
}

static const struct outlet to_supervisor = { put, end };

/* An inherited limit that is lower stays. */
static int limit(__rlimit_resource_t resource, rlim_t wanted)
{
	struct rlimit limit = { 0 };

	if (getrlimit(resource, &limit) < 0)
		return -1;
	if (limit.rlim_max < wanted)
		wanted = limit.rlim_max;
	limit = (struct rlimit){ wanted, wanted };
	return setrlimit(resource, &limit);
}

/* Two threads may be busy all the time that there is. */
static rlim_t processor_seconds(unsigned seconds)
{
	return 2 * (seconds + deadline_grace(seconds) / 1000 + 1);
}

static int limit_all(unsigned seconds)
{
	if (limit(RLIMIT_CORE, 0) < 0 || (!COVERED && limit(RLIMIT_FSIZE, 0) < 0) ||
	    limit(RLIMIT_NOFILE, MAX_WORKER_FILES) < 0 ||
	    limit(RLIMIT_CPU, processor_seconds(seconds)) < 0)
		return -1;
	/* A sanitizer's own memory is larger than any limit. */
	return SANITIZED ? 0 : limit(RLIMIT_DATA, MAX_WORKER_MEMORY);
}

/* Nothing goes to the streams behind the supervisor's back, and that takes no file of a system that
 * may have none; a sanitizer has no other way. */
static int close_streams(void)
{
	int nowhere = memfd_create("nowhere", MFD_CLOEXEC);

	return nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0 ||
			       (!SANITIZED && dup2(nowhere, STDERR_FILENO) < 0)
		       ? -1
		       : close(nowhere);
}

int worker_begin(const struct worker_start *start, const struct guard *guard)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != start->supervisor ||
	    frame_begin(&writer, start->answer) < 0)
		_exit(3);
	outlet_set(&to_supervisor);
	if (sigprocmask(SIG_SETMASK, &start->signals, NULL) < 0 || close_streams() < 0 ||
	    limit_all(guard->seconds) < 0)
		return fail("cannot limit the judging: %s", strerror(errno));
	return 0;
}

int worker_answer(void)
{
	return writer.fd;
}

int guard_finish(int status)
{
	const struct outlet *outlet = outlet_get();

	return outlet && outlet->end(status) < 0 ? 3 : status;
}
