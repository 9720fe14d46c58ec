#include "git/inflate.h"

#include <libdeflate.h>

#include "base/fail.h"
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

bool inflate_whole(struct inflater *inflater, char *bytes, size_t size, struct text from)
{
	size_t used = 0; /* what follows is none of its business */

	if (!inflater->whole)
		inflater->whole = libdeflate_alloc_decompressor();
	if (!inflater->whole)
		die("out of memory");
	return libdeflate_zlib_decompress_ex(inflater->whole, from.bytes, from.length, bytes, size,
					     &used, NULL) == LIBDEFLATE_SUCCESS;
}

void inflate_end(struct inflater *inflater)
{
	libdeflate_free_decompressor(inflater->whole);
	*inflater = (struct inflater){ 0 };
}

size_t inflate_start(char *bytes, size_t room, struct text from)
{
	z_stream stream;
	size_t left = 0;

	inflate_init(&stream);
	stream.next_in = (const unsigned char *)from.bytes;
	stream.avail_in = (unsigned)from.length;
	stream.next_out = (unsigned char *)bytes;
	stream.avail_out = (unsigned)room;
	(void)inflate(&stream, Z_SYNC_FLUSH);
	left = stream.avail_out;
	inflateEnd(&stream);
	return room - left;
}
