#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

#define PAGES_SIZE (2u << 20) /* bytes of a large page, where the system has any */

/*
 * Zeroed memory in large pages, which cost a run that fills megabytes far less than small ones.
 * What is never touched costs nothing. Without memory the program ends with status 3.
 */
void *pages_take(size_t size);

/* The same in small pages, for what may be filled in part only. */
void *pages_take_small(size_t size);

void pages_give(void *pages, size_t size);

/* The same content in more of such memory, without a copy of it; pages is gone. */
void *pages_grow(void *pages, size_t size, size_t wanted);

#endif
