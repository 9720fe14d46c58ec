#ifndef GUARD_FRAME_H
#define GUARD_FRAME_H

#include <stdint.h>

#include "base/outlet.h"
#include "base/sha256.h"
#include "base/vec.h"

/*
 * What a worker answers, as it goes through a pipe: a mark, then records of what it says, each a
 * head and its bytes, then one head that has the status and how many records there were, then the
 * SHA-256 of all that, in hex. Both ends are the same program on the same machine, so numbers are
 * as that has them.
 */
#define FRAME_DIGEST 64 /* hex digits */

struct frame_writer {
	int fd;
	uint64_t records;
	struct sha256 hash;
};

/* Each 0, or -1 with errno; nothing allocates. After frame_end() nothing may follow. */
int frame_begin(struct frame_writer *writer, int fd);
int frame_put(struct frame_writer *writer, const struct outlet_part *part);
int frame_end(struct frame_writer *writer, int status);

struct frame {
	struct VEC(struct outlet_part) parts; /* in the order in which they were said */
	int status;
};

/*
 * Read a whole one, from its first byte to its last. The parts point into the bytes, their names
 * are in the arena. NULL, or what is wrong with it, behind "its answer"; then there is no frame.
 */
const char *frame_read(struct frame *frame, struct arena *arena, const char *bytes, size_t length);

#endif
