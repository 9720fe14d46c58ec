#include "base/heap.h"

#include <stdlib.h>

#include "base/fail.h"

void *heap_resize(void *old, size_t size)
{
	void *memory = realloc(old, size ? size : 1);

	if (!memory)
		die("out of memory");
	return memory;
}

void *heap_alloc(size_t size)
{
	return heap_resize(NULL, size);
}

void heap_free(void *memory)
{
	free(memory);
}
