#include "base/map.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/fail.h"

/* A node says which bit of which byte decides; its address is marked in its lowest bit. */
struct node {
	void *child[2];
	unsigned byte;
	unsigned char otherbits; /* all bits but the deciding one */
};

/* A key with the node that came with it. The first key of a map needs none. */
struct leaf {
	struct node node;
	void *value;
	char key[];
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
	struct leaf *leaf = NULL;

	if (length >= UINT_MAX)
		die("out of memory");
	leaf = arena_alloc(arena, sizeof(*leaf) + length + 1);
	memcpy(leaf->key, key, length);
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

static void insert(struct map *map, struct leaf *leaf, size_t length, struct node place)
{
	struct node *node = &leaf->node;
	void **where = &map->root;
	int side = 0;

	*node = place;
	side = direction(node, leaf->key, length);
	while (is_node(*where)) {
		struct node *above = node_of(*where);

		if (above->byte > node->byte ||
		    (above->byte == node->byte && above->otherbits > node->otherbits))
			break;
		where = &above->child[direction(above, leaf->key, length)];
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
	insert(map, leaf_new(arena, key, length, value), length,
	       (struct node){ .byte = (unsigned)byte,
			      .otherbits = deciding_bit((unsigned char)found->key[byte] ^
							(unsigned char)key[byte]) });
	map->count++;
}
