#ifndef CLI_CI_BASE_H
#define CLI_CI_BASE_H

#include "cli/ci_event.h"
#include "git/history.h"

/* What HEAD is measured against in a run of a CI system, and whose policy counts. */
struct ci_base {
	struct ci_event event;
	struct commit_list bases; /* none: everything counts */
	struct commit *policy;    /* the commit that has the policy */
	const char *policy_name;  /* what that is: "the target 'main'" */
	bool is_guarded;          /* HEAD has no say in the policy */
	const char *words;        /* what was found, for people */
};

/*
 * The tree of HEAD as a history, its base as the CI system's event names it; a HEAD without commit
 * is an empty one. A base that is named and not there is a failure that says how to fetch it.
 * 0, or -1.
 */
int ci_history(struct history *history, struct git_source *source, struct ci_base *base);

#endif
