#ifndef CLI_CI_EVENT_H
#define CLI_CI_EVENT_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * What a CI system says of the run it has started. Commits are 40 hex digits. What is not said is
 * NULL, and so is the id of zeros, which stands for no commit. The other text is as it was found:
 * whoever opens a pull request may have chosen it.
 */
struct ci_event {
	const char *system; /* "GitHub Actions"; NULL: none that is known */
	const char *name;   /* "push", "pull_request", in the system's own words */
	const char *before; /* the commit that the pushed ref named before */
	const char *target; /* the tip of what a pull request is to be merged into */
	const char *branch; /* its name, as in "main" */
	const char *fork;   /* their merge base as the system found it, maybe some time ago */
	const char *merge;  /* the system's own trial merge: its first parent is the target's tip */
	bool is_of_target;  /* unless told otherwise, the pull request is not checked out */
	const char *workflow; /* but this, of the target or of the main branch */
};

/* Ask the variables of the environment, and the file that one of them may name. 0, or -1 where they
 * say what cannot be. */
int ci_event_find(struct ci_event *event, struct arena *arena);

/* The commit that a word names: *id stays NULL where it is absent, empty or all zeros. 0, or -1;
 * source says in the message where the word comes from. */
int ci_event_commit(const char **id, struct arena *arena, const char *word, const char *source);

#endif
