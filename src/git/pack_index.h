#ifndef GIT_PACK_INDEX_H
#define GIT_PACK_INDEX_H

#include "git/window.h"

/* The index of a pack, of version 2 (gitformat-pack(5)). */

/* Is it whole, as far as its size and its first numbers say? */
bool pack_index_is_known(struct text index);

/* How many objects it names. */
size_t pack_index_count(struct text index);

/* The sum of the pack, which both end with. */
const char *pack_index_sum(struct text index);

/* Where in the pack the object of an id starts. 0: it is not there, or further than 2 GiB. */
size_t pack_index_find(struct window *window, const struct window_file *index, const char *id);

#endif
