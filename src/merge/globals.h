#ifndef MERGE_GLOBALS_H
#define MERGE_GLOBALS_H

#include "merge/plan.h"

/* What stands before the first FROM counts for the whole file: refuse what would then mean
 * something else than before, directives and global arguments alike. */
void globals_check(struct plan *plan);

/* The instruction written before that declares the same as a global argument of an input: it is not
 * written again. NULL: there is none. */
const struct instruction *globals_same(const struct plan *plan, const struct input *input,
				       size_t index);

#endif
