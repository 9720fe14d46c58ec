#ifndef CLI_JUDGING_H
#define CLI_JUDGING_H

#include "cli/options.h"
#include "git/history.h"
#include "model/policy.h"

/* A run of check or hook: what is judged, by what, and how it is told. */
struct judging {
	struct options *options;
	struct arena *arena;
	struct git_source source;
	struct history history;
	struct policy policy;
	struct strings paths;    /* limits, from the root of the tree */
	const char *source_name; /* for the report */
	const char *note;        /* for people, besides the findings; NULL: nothing */
	bool is_push;            /* told over "remote:" */
	bool is_told;            /* the reports are written, or were tried to be */
};

/* Start a run: the clock of --timeout, the repository that the current directory is in. 0; 1 where
 * there is none; or -1. */
int judging_open(struct judging *judging, struct options *options, struct arena *arena,
		 enum repository_mode mode);

/*
 * End it: give back what the repository holds. Where the judgement was not possible and no report
 * says so yet, write those that are asked for, with the verdict "unknown" (for a run without a
 * source_name there are none).
 */
void judging_close(struct judging *judging);

/* The policy in force where the command is run: that of the work tree, in a bare repository that
 * of the server. 0, or -1. */
int judging_policy(struct judging *judging);

/* Judge the history by the policy and write every report. The exit status, or -1. */
int judging_finish(struct judging *judging);

/* Which base names a run looks at: those that readers watch, and policy files. */
bool judging_watches(const char *name);

#endif
