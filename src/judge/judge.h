#ifndef JUDGE_H
#define JUDGE_H

#include "model/history.h"
#include "model/policy.h"
#include "model/report.h"

/* How a history is judged. */
struct judge_options {
	const struct policy *policy;
	struct strings paths; /* only findings at or below one of them; none: all */
	bool all;             /* list inherited and waived findings too */
	bool line_marks;      /* give findings their line_mark, which needs their files again */
	bool graphs; /* draw the builds that a change touches, which needs its trees again */
	/* Told before each change how many of how many are judged; NULL: nobody is. */
	void (*progress)(size_t done, size_t all);
};

/*
 * Judge every change of a history against its parents (new, inherited), and fill in the report's
 * summary, findings and uncheckeds, in the arena. The verdict is left to the caller. 0, or -1;
 * then the report holds what was found so far.
 */
int judge(struct report *report, struct arena *arena, const struct history *history,
	  const struct judge_options *options);

#endif
