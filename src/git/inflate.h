#ifndef GIT_INFLATE_H
#define GIT_INFLATE_H

#define ZLIB_CONST /* what zlib reads is const */
#include <zlib.h>

/* Begin a stream of zlib's, to be reset for any number of objects; inflateEnd() ends it. */
void inflate_init(z_stream *stream);

#endif
