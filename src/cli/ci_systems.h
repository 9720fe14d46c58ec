#ifndef CLI_CI_SYSTEMS_H
#define CLI_CI_SYSTEMS_H

#include "cli/ci_event.h"

/*
 * A CI system: how a run in it is known, and which variables say what. A new one is one row of the
 * table; NULL is what it does not say.
 */
struct ci_system {
	const char *name;         /* for people */
	const char *mark;         /* set in each of its runs */
	const char *mark_value;   /* to this; NULL: to anything */
	const char *event;        /* what started the run */
	const char *pull;         /* the event whose target counts; NULL: any that has one */
	const char *push;         /* the event whose commit before counts; NULL: likewise */
	const char *before;       /* the commit before */
	const char *before_event; /* the event that brought it, which has to be `push` as well */
	const char *target, *branch, *fork; /* as in struct ci_event */
	const char *ref, *commit; /* what is checked out: refs/pull/N/merge is a trial merge */
	/* For what stands in a file. 0, or -1. */
	int (*read)(struct ci_event *event, struct arena *arena);
};

/* All of them, by name; the last one has none. */
extern const struct ci_system ci_systems[];

#endif
