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

bool inflater_read(struct inflater *inflater, char *bytes, size_t size, struct text from)
{
	if (!inflater->decompressor)
		inflater->decompressor = libdeflate_alloc_decompressor();
	if (!inflater->decompressor)
		die("out of memory");
	return libdeflate_zlib_decompress(inflater->decompressor, from.bytes, from.length, bytes,
					  size, NULL) == LIBDEFLATE_SUCCESS;
}

size_t inflater_start(struct inflater *inflater, char *bytes, size_t room, struct text from)
{
	z_stream *stream = &inflater->stream;

	if (!stream->state)
		inflate_init(stream);
	(void)inflateReset(stream);
	stream->next_in = (const unsigned char *)from.bytes;
	stream->avail_in = (unsigned)from.length;
	stream->next_out = (unsigned char *)bytes;
	stream->avail_out = (unsigned)room;
	(void)inflate(stream, Z_SYNC_FLUSH);
	return room - stream->avail_out;
}

void inflater_release(struct inflater *inflater)
{
	libdeflate_free_decompressor(inflater->decompressor);
	inflateEnd(&inflater->stream); /* also where it was not begun */
	*inflater = (struct inflater){ 0 };
}
