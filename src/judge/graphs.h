#ifndef JUDGE_GRAPHS_H
#define JUDGE_GRAPHS_H

#include "model/history.h"
#include "model/policy.h"
#include "model/report.h"

/*
 * Put into a report a drawing of each Dockerfile of the last tree that is touched: it, or who
 * builds it, is not as in the tree that the history starts from, or the report has a finding
 * there. Without such a tree only findings count. 0, or -1.
 */
int find_graphs(struct report *report, struct arena *arena, const struct history *history,
		const struct policy *policy);

#endif
