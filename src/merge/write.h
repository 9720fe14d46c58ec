#ifndef MERGE_WRITE_H
#define MERGE_WRITE_H

#include "merge/plan.h"

/* The text of the merged file, in the arena. What cannot be written is among the refusals. */
struct text write_merged(struct plan *plan);

#endif
