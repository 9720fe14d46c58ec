#include "base/heap.h"

#include <stdlib.h>

#include "base/fail.h"

void *heap_alloc(size_t size)
{
	void *memory = malloc(size ? size : 1);

	if (!memory)
		die("out of memory");
	return memory;
}

void heap_free(void *memory)
{
	free(memory);
}
