#include "git/inflate.h"

#include "base/heap.h"

static void *allocate(void *opaque, unsigned count, unsigned size)
{
	(void)opaque;
	return heap_alloc((size_t)count * size);
}

static void release(void *opaque, void *memory)
{
	(void)opaque;
	heap_free(memory);
}

void inflate_init(z_stream *stream)
{
	*stream = (z_stream){ .zalloc = allocate, .zfree = release };
	(void)inflateInit(stream); /* which only fails for want of memory */
}
