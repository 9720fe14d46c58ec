#ifndef JUDGE_DEBTS_H
#define JUDGE_DEBTS_H

#include "judge/verdict.h"
#include "model/report.h"

/* Find what is wrong with the waivers of a policy, given the verdict on the last tree, and tell the
 * report how old they are. The findings live in the arena of the verdicts. */
void find_debts(struct report *report, struct findings *debts, const struct verdicts *verdicts,
		const struct verdict *last);

#endif
