#ifndef CLI_JUDGING_H
#define CLI_JUDGING_H

#include "cli/options.h"
#include "git/history.h"
#include "model/policy.h"

/* What to do where the time was not enough. */
#define JUDGE_LESS "judge less, or set a longer --timeout"
#define JUDGE_TIPS "set 'commits: tip' in the policy, or a longer --timeout"

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

/* The seconds that --timeout gives; 0 where it is not given (NULL). 0, or -1. */
int judging_seconds(unsigned *seconds, const char *text);

/* Start the clock: seconds as they are written (NULL: as long as it takes), and what to do where
 * they are not enough (as for deadline_start()). 0, or -1. */
int judging_start(const char *seconds, const char *advice);

/* Start a run: the repository that the current directory is in. 0; 1 where there is none; or -1. */
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

/* With -v: what it is about, and words that may come from anywhere, as a line on standard error. 0,
 * or -1. */
int judging_say(const struct judging *judging, const char *what, const char *words);

/* By which policy, and where it was found or looked for: for people. */
const char *judging_policy_words(const struct judging *judging);

/* Judge the history by the policy and write every report. The exit status, or -1. */
int judging_finish(struct judging *judging);

/* Write the reports that are asked for, all of them with the verdict "unknown": where nothing was
 * judged. The source and the policy are as in a report. */
void judging_unknown(const struct judging *judging);

/* Colours or none, as it is for standard output here. */
void judging_choose_colour(struct options *options);

/* Which base names a run looks at: those that readers watch, and policy files. */
bool judging_watches(const char *name);

#endif
