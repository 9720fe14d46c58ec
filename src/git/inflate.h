#ifndef GIT_INFLATE_H
#define GIT_INFLATE_H

#include <stdbool.h>

#define ZLIB_CONST /* what zlib reads is const */
#include <zlib.h>

#include "syntax/text.h"

struct libdeflate_decompressor;

/* Reads zlib streams (RFC 1950): whole ones by libdeflate, in half the time that zlib takes, and
 * the beginnings of others by zlib. Zero it to begin. */
struct inflater {
	struct libdeflate_decompressor *decompressor; /* NULL: nothing was read yet */
	z_stream stream;                              /* state NULL: the same */
};

/* Read the stream with which a text begins, and which makes size bytes. False: it is damaged or
 * cut, or makes fewer or more. */
bool inflater_read(struct inflater *inflater, char *bytes, size_t size, struct text from);

/* Read the first bytes that a stream makes, at most room. Returns how many; of a damaged one those
 * before the damage. */
size_t inflater_start(struct inflater *inflater, char *bytes, size_t room, struct text from);

void inflater_release(struct inflater *inflater);

/* Begin a stream of zlib's, to be reset for any number of objects; inflateEnd() ends it. */
void inflate_init(z_stream *stream);

#endif
