#include "base/map.h"

#include <stdint.h>
#include <string.h>

/* A node says which bit of which byte decides; a leaf is marked in its address's lowest bit. */
struct node {
	void *child[2];
	size_t byte;
	unsigned char otherbits; /* all bits but the deciding one */
};

struct leaf {
	const char *key;
	size_t length;
	void *value;
};

static int is_node(const void *pointer)
{
	return (int)((uintptr_t)pointer & 1);
}

static struct node *node_of(const void *pointer)
{
	return (struct node *)((uintptr_t)pointer - 1);
}

static int direction(const struct node *node, const char *key, size_t length)
{
	unsigned byte = node->byte < length ? (unsigned char)key[node->byte] : 0;

	return (int)((1 + (node->otherbits | byte)) >> 8);
}

static struct leaf *nearest(const struct map *map, const char *key, size_t length)
{
	void *at = map->root;

	while (is_node(at))
		at = node_of(at)->child[direction(node_of(at), key, length)];
	return at;
}

void *map_get(const struct map *map, const char *key)
{
	struct leaf *leaf = NULL;

	if (!map->root)
		return NULL;
	leaf = nearest(map, key, strlen(key));
	return strcmp(leaf->key, key) ? NULL : leaf->value;
}

static struct leaf *leaf_new(struct arena *arena, const char *key, size_t length, void *value)
{
	struct leaf *leaf = arena_new(arena, struct leaf);

	leaf->key = arena_copy(arena, key, length);
	leaf->length = length;
	leaf->value = value;
	return leaf;
}

/* All bits but the highest one in which two different bytes differ. */
static unsigned char deciding_bit(unsigned differing)
{
	while (differing & (differing - 1))
		differing &= differing - 1;
	return (unsigned char)(differing ^ 255);
}

static void insert(struct map *map, struct arena *arena, struct leaf *leaf, size_t byte,
		   unsigned differing)
{
	struct node *node = arena_new(arena, struct node);
	void **where = &map->root;
	int side = 0;

	node->byte = byte;
	node->otherbits = deciding_bit(differing);
	side = direction(node, leaf->key, leaf->length);
	while (is_node(*where)) {
		struct node *above = node_of(*where);

		if (above->byte > byte ||
		    (above->byte == byte && above->otherbits > node->otherbits))
			break;
		where = &above->child[direction(above, leaf->key, leaf->length)];
	}
	node->child[side] = leaf;
	node->child[!side] = *where;
	*where = (void *)((uintptr_t)node + 1);
}

void map_put(struct map *map, struct arena *arena, const char *key, void *value)
{
	size_t length = strlen(key);
	struct leaf *found = NULL;
	size_t byte = 0;

	if (!map->root) {
		map->root = leaf_new(arena, key, length, value);
		map->count = 1;
		return;
	}
	found = nearest(map, key, length);
	while (byte < length && found->key[byte] == key[byte])
		byte++;
	if (byte == length && found->key[byte] == '\0') {
		found->value = value;
		return;
	}
	insert(map, arena, leaf_new(arena, key, length, value), byte,
	       (unsigned char)found->key[byte] ^ (unsigned char)key[byte]);
	map->count++;
}
