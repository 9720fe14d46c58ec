#ifndef MERGE_FILES_CHECK_H
#define MERGE_FILES_CHECK_H

#include "merge/overlay.h"
#include "merge/plan.h"

/* Refuse files that cannot be merged as they are: one that is refused by the builder, was not read
 * or has other line ends, and variants for which other files are ignored. A variant's own ignore
 * file that says the same goes away with it. 0, or -1. */
int files_check(struct plan *plan, const struct project *project, struct overlay *overlay);

#endif
