#ifndef GIT_PACK_H
#define GIT_PACK_H

#include <git2.h>
#include <stdbool.h>

#include "git/inflate.h"
#include "syntax/text.h"

#define MAX_PACK_DEPTH 64          /* deltas that make an object; Git itself makes 50 */
#define MAX_PACK_OBJECT (1u << 20) /* bytes of an object or a delta */
#define PACK_CACHE_SIZE (8u << 20) /* bytes of objects until those before are forgotten */
#define PACK_CACHE_SLOTS 16384

/* The bytes of a pack and of its index (gitformat-pack(5)), which stay where they are. */
struct pack {
	struct text index, file;
};

/* An object, and where it starts in its pack. NULL: none. */
struct pack_object {
	const char *start;
	git_object_t type;
	struct text content;
};

/* What one thread reads with. Most deltas change an object that was read not long before: those are
 * kept by where they start until they are many, and once more if they were asked for since then. */
struct pack_reader {
	z_stream stream;
	struct arena scratch;
	struct pack_cache {
		struct arena arena;
		size_t size;
		struct pack_object slots[PACK_CACHE_SLOTS];
	} young, old;
};

/* To begin with, zeroed; and to end with. */
void pack_reader_init(struct pack_reader *reader);
void pack_reader_release(struct pack_reader *reader);

/* Are they files of version 2, as a whole, that belong together? No others are read. */
bool pack_is_known(const struct pack *pack);

/* The object of that id, until the next one is read. NULL: it is not there, or damaged, or past a
 * limit, or starts behind 2 GiB; libgit2 knows what to say of it. */
const struct pack_object *pack_read(struct pack_reader *reader, const struct pack *pack,
				    const git_oid *id);

#endif
