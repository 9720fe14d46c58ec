#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"
#include "base/vec.h"

/*
 * Strings to pointers, in an arena: a crit-bit tree, so that a look-up costs no more than the
 * key's length whatever keys a pusher chooses, and a walk is in the order of the keys' bytes. For a
 * few keys, and for those that are walked over or shared; for thousands there is base/table.h.
 */
struct map {
	void *root;
	size_t count;
};

/* The value, or NULL. */
void *map_get(const struct map *map, const char *key);

/* Put value (not NULL) in place of what the key had. The key is copied into the arena. */
void map_put(struct map *map, struct arena *arena, const char *key, void *value);

/* The map with value in place of what the key had, or without the key where value is NULL. The old
 * map stays as it is: the new one shares with it all that is the same. */
struct map map_with(const struct map *map, struct arena *arena, const char *key, void *value);

/* A part of a map that is still to be walked over, and where its keys stand in the other one. */
struct map_part {
	const void *here, *there;
};

/* A walk over all values, by their keys. Begin with map_walk(); NULL is the end. */
struct map_walk {
	struct arena *arena;
	const struct map *other;
	struct VEC(struct map_part) left;
};

struct map_walk map_walk(const struct map *map, struct arena *arena);

/* A walk over those that the other map, which outlives it, has not got under the same key. What the
 * two share (map_with) costs nothing. */
struct map_walk map_walk_news(const struct map *map, const struct map *other, struct arena *arena);
void *map_next(struct map_walk *walk);

#endif
