#ifndef CLI_MERGE_TOLD_H
#define CLI_MERGE_TOLD_H

#include "merge/merge.h"

/* Say on standard error what became of each service: the proof, or why it is not merged, and who
 * speaks of a file that goes away. 0, or -1. */
int merge_tell(const struct mergeds *mergeds, bool is_written);

/* Say that a file has changes that were not committed. */
void told_dirty(const char *path);

/* Is a file among those of a service? Is any service not merged? Would something that may be run
 * name a file that is gone? */
bool told_of(const struct mergeds *mergeds, const char *path);
bool told_refusals(const struct mergeds *mergeds);
bool told_breaks(const struct mergeds *mergeds);

#endif
