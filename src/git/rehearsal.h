#ifndef GIT_REHEARSAL_H
#define GIT_REHEARSAL_H

#include "git/repository.h"

/* What a hook did about a second Dockerfile. */
enum rehearsal_end {
	REHEARSAL_REFUSED,   /* as it has to: and that it did so for this is said */
	REHEARSAL_PASSED,    /* nothing kept it out */
	REHEARSAL_FOR_OTHER, /* it refused, for a reason of another kind */
};

struct rehearsal {
	enum rehearsal_end end;
	const char *what; /* was tried: "commit", "merge" or "push" */
	const char *said; /* the first line of what Git and the hook said; "" */
};

/*
 * Try the hook `name` that stands at path: a clone in a temporary directory, and in it a commit or
 * a merge that brings a Dockerfile with a variant beside it, or a push of that to a bare clone. The
 * hook is run where it stands, by the real Git, and nothing else is run: no filter, no other hook.
 * The repository itself is only read, and the directory is gone afterwards, whatever happens. Only
 * files at the root are checked out, for programs that have their settings there. In the arena of
 * the repository. 0, or -1.
 */
int rehearse(struct rehearsal *rehearsal, struct repository *repository, const char *name,
	     const char *path);

#endif
