#ifndef CLI_CI_TARGET_H
#define CLI_CI_TARGET_H

#include "cli/ci_event.h"
#include "git/history.h"

/* What a pull request is to be merged into. */
struct ci_target {
	const char *name; /* for people: "the target 'main'" */
	struct commit *tip;
	struct commit_list bases; /* where HEAD left it; none: they have no commit in common */
};

/* The commit of an id that an event names. 0; 1 where it is not here; or -1. */
int ci_commit_find(struct commit **commit, struct git_source *source, const char *hex);

/*
 * The target of an event that has one, seen from HEAD. Where the clone lacks it, or the way to
 * where HEAD left it, that is a failure which says how to fetch it. 0, or -1.
 */
int ci_target_find(struct ci_target *target, struct git_source *source,
		   const struct ci_event *event, struct commit *head);

#endif
