#ifndef GIT_PACK_CACHE_H
#define GIT_PACK_CACHE_H

#include <git2.h>

#include "syntax/text.h"

/* An object, and where it starts in its pack. */
struct pack_object {
	const char *start;
	git_object_t type;
	struct text content;
};

/* What was read since some time, each object in the place that its start has. */
struct pack_generation {
	struct arena contents, table;
	struct pack_object *slots; /* of the table */
	unsigned room, count;      /* slots, a power of two, and those that are taken */
	size_t size;               /* bytes of contents */
};

/* Objects by where they start, until they are many, and then those that were asked for again: a
 * delta mostly changes one that was just read. Zero it to begin. */
struct pack_cache {
	struct pack_generation young, old;
};

/* NULL: it is not there. */
const struct pack_object *pack_cache_find(struct pack_cache *cache, const char *start);

/* The object with a copy of its content, until another one is kept. */
const struct pack_object *pack_cache_keep(struct pack_cache *cache,
					  const struct pack_object *object);

/* Are there so many bytes? Then only those stay, as the old ones. */
void pack_cache_limit(struct pack_cache *cache, size_t size);

void pack_cache_release(struct pack_cache *cache);

#endif
