#ifndef MERGE_ARRANGE_H
#define MERGE_ARRANGE_H

#include "merge/plan.h"

/* Say which part gives what each stage gave, share the beginnings that are the same, name the parts
 * and put them in order. Whatever stands against it is in refusals. */
void arrange(struct plan *plan);

#endif
