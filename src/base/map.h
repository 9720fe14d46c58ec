#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

/*
 * Strings to pointers, in an arena: a crit-bit tree, so that a look-up costs no more than the
 * key's length whatever keys a pusher chooses, and a walk is in the order of the keys' bytes.
 */
struct map {
	void *root;
	size_t count;
};

/* The value, or NULL. */
void *map_get(const struct map *map, const char *key);

/* Put value (not NULL) in place of what the key had. The key is copied into the arena. */
void map_put(struct map *map, struct arena *arena, const char *key, void *value);

#endif
