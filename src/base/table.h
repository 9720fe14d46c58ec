#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include "base/map.h"

struct table_leaf;

/*
 * Strings to pointers, where there may be thousands: a look-up touches a few places in memory, and
 * one in a map (base/map.h) as many as it has levels. There is no order and no walk. Keys that hash
 * alike are a chain, and those behind the first few go to a map: whoever chooses such keys gains
 * nothing. Zero it to begin. No copy of it may be put into, as both have the same leaves; and
 * chains that it has outgrown stay in the arena.
 */
struct table {
	struct table_leaf **chains; /* NULL: there is no key */
	unsigned bits;              /* so many of a hash choose a chain */
	unsigned linked;            /* keys in chains */
	struct map rest;
};

/* The value, or NULL. */
void *table_get(const struct table *table, const char *key);

/* Put value (not NULL) in place of what the key had. The key is copied into the arena. */
void table_put(struct table *table, struct arena *arena, const char *key, void *value);

#endif
