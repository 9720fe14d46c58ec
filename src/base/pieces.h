#ifndef BASE_PIECES_H
#define BASE_PIECES_H

#include <stdbool.h>
#include <stddef.h>

#define PIECE_SIZE (128u << 10) /* bytes */

/*
 * Memory in pieces of one size, cut out of large pages but for a thread's first ones. What is given
 * back is kept, and taken again by whoever asks next, in any thread: to zero a page is what costs
 * most where megabytes are filled. Without memory the program ends with status 3.
 */
void *piece_take(bool *is_zeroed);

void piece_give(void *piece);

/* Give back what this thread cut and did not take: it ends. */
void pieces_leave(void);

#endif
