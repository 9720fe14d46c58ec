#ifndef MERGE_SHARE_H
#define MERGE_SHARE_H

#include "merge/plan.h"

/*
 * Lift what the last stages of variants have in common with a stage of the kept file into a stage
 * of its own, on which they are built: the longest beginning, as far as the builder cannot tell.
 * A variant that is no more than that is the shared stage.
 */
void share(struct plan *plan);

#endif
