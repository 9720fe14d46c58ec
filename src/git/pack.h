#ifndef GIT_PACK_H
#define GIT_PACK_H

#include <git2.h>
#include <stdbool.h>

#include "git/inflate.h"
#include "git/pack_cache.h"
#include "git/pack_index.h"

/* Bytes of objects until those before are forgotten: for who comes back to the same trees again and
 * again, and for who passes once. */
#define PACK_CACHE_SIZE (8u << 20)
#define PACK_CACHE_LITTLE (2u << 20)

/* A pack and its index (gitformat-pack(5)), which stay where they are. */
struct pack {
	struct window_file index, file;
};

/* What one thread reads with; zero it to begin. */
struct pack_reader {
	struct inflater inflater;
	struct window of_index, of_file;
	bool passes_once;
	struct arena scratch;
	const char *unread; /* the start of the object that was asked for last and not read; NULL */
	struct pack_cache cache;
	struct pack_object whole; /* read last and not kept: it is in scratch; start NULL: none */
};

/* Are they whole files of version 2 that belong together? Only those are read. */
bool pack_is_known(const struct pack *pack);

/* How many objects it holds. */
size_t pack_count(const struct pack *pack);

/* Has it an object of that id, as far as its index says, and no further than 2 GiB? */
bool pack_has(struct pack_reader *reader, const struct pack *pack, const git_oid *id);

/* The object of that id, until the next one is read. NULL: it is not there, or damaged, or past a
 * limit, or starts behind 2 GiB; libgit2 knows what to say of it. What is there is unread then. */
const struct pack_object *pack_read(struct pack_reader *reader, const struct pack *pack,
				    const git_oid *id);

/* Has it an object of that id, whose own beginning says that it has so many bytes? */
bool pack_says_size(struct pack_reader *reader, const struct pack *pack, const git_oid *id,
		    size_t size);

/* Is the unread object, or one of those that it is a change of, larger than MAX_OBJECT_SIZE? Their
 * sizes are read, not they. */
bool pack_is_too_large(struct pack_reader *reader, const struct pack *pack);

void pack_reader_release(struct pack_reader *reader);

#endif
