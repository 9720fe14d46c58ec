#include "guard/confine.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>

#include "base/fail.h"
#include "guard/build.h"
#include "guard/landlock.h"
#include "guard/seccomp.h"
#include "guard/worker.h"

int confine(const char **words, struct arena *arena, const struct strings *paths)
{
	int landlock = 0, seccomp = 0;

	*words = "to nothing: this build counts what is reached";
	if (COVERED)
		return 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return fail("cannot confine the judging: %s", strerror(errno));
	landlock = landlock_confine(paths);
	seccomp = landlock < 0 ? -1 : seccomp_confine(worker_answer());
	if (seccomp < 0)
		return -1;
	*words = arena_printf(arena, "to limits, %s, %s",
			      landlock ? arena_printf(arena, "Landlock %d", landlock)
				       : "no Landlock in this kernel",
			      seccomp ? "seccomp" : "no seccomp in this kernel");
	return 0;
}
