#ifndef MERGE_BUILDS_H
#define MERGE_BUILDS_H

#include "merge/overlay.h"
#include "merge/plan.h"

/*
 * Let whoever builds an old file build the merged one: each compose file by the smallest edit of
 * its text, put into the overlay. What cannot be rewritten is among the plan's refusals.
 */
void builds_rewrite(struct plan *plan, const struct project *project, struct overlay *overlay);

/* Does every build of the one project do the same in the other? What does not is among the plan's
 * refusals. 0, or -1. */
int builds_compare(struct plan *plan, const struct project *before, const struct project *after);

#endif
