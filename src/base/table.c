#include "base/table.h"

#include <stdint.h>
#include <string.h>

#define FIRST_BITS 4
#define MAX_ALIKE 8 /* keys of a chain */

struct table_leaf {
	struct table_leaf *next;
	void *value;
	uint64_t hash;
	char key[];
};

/* Any hash would do of which the first bits depend on the whole key. */
static uint64_t hash_of(const char *key, size_t length)
{
	uint64_t hash = length;

	for (size_t at = 0; at < length; at += sizeof(hash)) {
		size_t size = length - at < sizeof(hash) ? length - at : sizeof(hash);
		uint64_t bytes = 0;

		memcpy(&bytes, key + at, size);
		hash = (hash ^ bytes) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	return hash;
}

static unsigned room_of(const struct table *table)
{
	return table->chains ? 1u << table->bits : 0;
}

static struct table_leaf **chain_of(const struct table *table, uint64_t hash)
{
	return &table->chains[hash >> (64 - table->bits)];
}

/* The leaf of a key, and how many there are before it; NULL: it has none. */
static struct table_leaf *find(const struct table *table, const char *key, uint64_t hash,
			       unsigned *before)
{
	struct table_leaf *leaf = table->chains ? *chain_of(table, hash) : NULL;

	for (*before = 0; leaf; leaf = leaf->next, ++*before)
		if (leaf->hash == hash && strcmp(leaf->key, key) == 0)
			break;
	return leaf;
}

void *table_get(const struct table *table, const char *key)
{
	unsigned before = 0;
	const struct table_leaf *leaf = find(table, key, hash_of(key, strlen(key)), &before);

	return leaf ? leaf->value : map_get(&table->rest, key);
}

static void link_leaf(struct table *table, struct table_leaf *leaf)
{
	struct table_leaf **chain = chain_of(table, leaf->hash);

	leaf->next = *chain;
	*chain = leaf;
}

/* Twice as many chains, none of which is longer than the one it was part of. */
static void grow(struct table *table, struct arena *arena)
{
	struct table larger = *table;

	larger.bits = table->chains ? table->bits + 1 : FIRST_BITS;
	larger.chains = arena_alloc(arena, sizeof(struct table_leaf *) << larger.bits);
	for (unsigned i = 0; i < room_of(table); i++)
		for (struct table_leaf *leaf = table->chains[i], *next = NULL; leaf; leaf = next) {
			next = leaf->next;
			link_leaf(&larger, leaf);
		}
	*table = larger;
}

void table_put(struct table *table, struct arena *arena, const char *key, void *value)
{
	size_t length = strlen(key);
	uint64_t hash = hash_of(key, length);
	unsigned before = 0;
	struct table_leaf *leaf = find(table, key, hash, &before);

	if (leaf) {
		leaf->value = value;
		return;
	}
	if (before == MAX_ALIKE) {
		map_put(&table->rest, arena, key, value);
		return;
	}
	/* Is it in the rest, since its chain was longer before: it is found here first. */
	if (table->linked == room_of(table))
		grow(table, arena);
	leaf = arena_alloc(arena, sizeof(*leaf) + length + 1);
	leaf->value = value;
	leaf->hash = hash;
	memcpy(leaf->key, key, length);
	link_leaf(table, leaf);
	table->linked++;
}
