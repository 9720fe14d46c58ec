#ifndef GIT_INFLATE_H
#define GIT_INFLATE_H

#include <stdbool.h>

#define ZLIB_CONST /* what zlib reads is const */
#include <zlib.h>

#include "syntax/text.h"

/* What Git compresses are zlib streams (RFC 1950). Those whose size is known are read as a whole by
 * libdeflate, in half the time that zlib takes; parts of them by zlib. */

/* Zero it to begin; inflate_end() ends it. */
struct inflater {
	struct libdeflate_decompressor *whole; /* NULL: nothing was read yet */
};

/* Read the stream with which a text begins, which makes size bytes. False: it is damaged or cut, or
 * makes fewer or more. */
bool inflate_whole(struct inflater *inflater, char *bytes, size_t size, struct text from);

void inflate_end(struct inflater *inflater);

/* The first bytes that a stream makes, at most room, and how many those are. */
size_t inflate_start(char *bytes, size_t room, struct text from);

/* Begin a stream of zlib's, to be reset for any number of objects; inflateEnd() ends it. */
void inflate_init(z_stream *stream);

#endif
