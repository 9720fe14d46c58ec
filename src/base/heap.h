#ifndef BASE_HEAP_H
#define BASE_HEAP_H

#include <stddef.h>

/* malloc(3), realloc(3) and free(3) for a library that takes functions for them and cannot be
 * trusted with an answer of NULL: without memory the program ends with status 3. */
void *heap_alloc(size_t size);
void *heap_resize(void *old, size_t size);
void heap_free(void *memory);

#endif
