#ifndef MODEL_REPORT_H
#define MODEL_REPORT_H

#include <stdbool.h>

#include "model/finding.h"
#include "model/graph.h"
#include "model/policy.h"
#include "model/project.h"

struct summary {
	size_t commits;                   /* judged */
	size_t dockerfiles, builds;       /* of the last tree judged */
	size_t errors, warnings, notices; /* new ones */
	size_t inherited, waived;
};

/* What a run has found out, ready for any format. Text from a repository is raw in it: each
 * format cleans it for its reader. */
struct report {
	const char *version; /* of this tool */
	const char *source;  /* "worktree", "staged", "rev", "range", "push", "ci" */
	const char *policy;  /* where it comes from */
	const char *verdict; /* "pass", "fail", "unknown" */
	enum level fail_on;  /* LEVEL_OFF: never */
	struct summary summary;
	const struct rule *const *rules;    /* all there are, ended by NULL */
	const struct policy_waiver *oldest; /* expired first of all; NULL: none is */
	const struct policy_waiver *next;   /* in use, and expires first; NULL: none does */
	const char *note;         /* something to know besides the findings; NULL: nothing */
	struct findings findings; /* those to be listed, in order */
	struct uncheckeds uncheckeds;
	struct graphs graphs; /* what was touched, where that is asked for */
	size_t more_graphs;   /* that were too many to be drawn */
	bool is_push;         /* shown over "remote:": ASCII, narrow, first what was refused */
	bool colour;          /* on a terminal */
	bool brief;           /* one line a finding, nothing else */
	bool verbose;         /* say what was judged although nothing is wrong */
};

/* Did the judgement come to no end? Then what is not in it says nothing. */
bool report_is_unknown(const struct report *report);

#endif
