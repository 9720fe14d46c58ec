#ifndef MERGE_BUILDS_COMPARE_H
#define MERGE_BUILDS_COMPARE_H

#include "merge/builds.h"

/* Does every build of the one project do the same in the other? What does not is among the plan's
 * refusals, and noted for the next time. 0, or -1. */
int builds_compare(struct plan *plan, const struct project *before, const struct project *after,
		   struct rewriting_mode *mode);

#endif
