#include "base/map.h"

#include <limits.h>
#include <stdbool.h>
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

static struct leaf *tagged(struct node *node)
{
	return (void *)((uintptr_t)node + 1);
}

/* Does a node stand above another on the way to one key? */
static bool is_above(const struct node *above, const struct node *node)
{
	return above->byte < node->byte ||
	       (above->byte == node->byte && above->otherbits <= node->otherbits);
}

/* Where a new leaf's node belongs on the way to its key. */
static void insert(void **where, struct leaf *leaf, size_t length)
{
	struct node *node = &leaf->node;
	int side = direction(node, leaf->key, length);

	node->child[side] = leaf;
	node->child[!side] = *where;
	*where = tagged(node);
}

/* The first bit in which a key differs from the nearest one there is; false where it is that. */
static bool place_of(struct node *place, const struct leaf *found, const char *key, size_t length)
{
	size_t byte = 0;

	while (byte < length && found->key[byte] == key[byte])
		byte++;
	if (byte == length && found->key[byte] == '\0')
		return false;
	place->byte = (unsigned)byte;
	place->otherbits = deciding_bit((unsigned char)found->key[byte] ^ (unsigned char)key[byte]);
	return true;
}

void map_put(struct map *map, struct arena *arena, const char *key, void *value)
{
	size_t length = strlen(key);
	struct leaf *found = map->root ? nearest(map, key, length) : NULL;
	struct leaf *leaf = NULL;
	struct node place = { 0 };
	void **where = &map->root;

	if (found && !place_of(&place, found, key, length)) {
		found->value = value;
		return;
	}
	leaf = leaf_new(arena, key, length, value);
	leaf->node = place;
	map->count++;
	if (!found) {
		map->root = leaf;
		return;
	}
	while (is_node(*where) && is_above(node_of(*where), &place))
		where = &node_of(*where)->child[direction(node_of(*where), key, length)];
	insert(where, leaf, length);
}

/* Copy the node at *where, and go on to its child on the way to a key. */
static void **copy_down(void **where, struct arena *arena, const char *key, size_t length)
{
	struct node *copy = arena_new(arena, struct node);

	*copy = *node_of(*where);
	*where = tagged(copy);
	return &copy->child[direction(copy, key, length)];
}

/* The map without a key that it has. */
static struct map without(struct map map, struct arena *arena, const char *key)
{
	size_t length = strlen(key);
	void **where = &map.root, **above = NULL;

	while (is_node(*where)) {
		above = where;
		where = copy_down(where, arena, key, length);
	}
	if (above)
		*above = node_of(*above)->child[!direction(node_of(*above), key, length)];
	else
		map.root = NULL;
	map.count--;
	return map;
}

struct map map_with(const struct map *map, struct arena *arena, const char *key, void *value)
{
	size_t length = strlen(key);
	const struct leaf *found = map->root ? nearest(map, key, length) : NULL;
	struct map copy = *map;
	struct node place = { 0 };
	struct leaf *leaf = NULL;
	void **where = &copy.root;
	bool is_new = !found || place_of(&place, found, key, length);

	if (!value)
		return is_new ? copy : without(copy, arena, key);
	leaf = leaf_new(arena, key, length, value);
	leaf->node = place;
	copy.count += is_new;
	if (!found) {
		copy.root = leaf;
		return copy;
	}
	while (is_node(*where) && (!is_new || is_above(node_of(*where), &place)))
		where = copy_down(where, arena, key, length);
	if (is_new)
		insert(where, leaf, length);
	else
		*where = leaf;
	return copy;
}

struct map_walk map_walk(const struct map *map, struct arena *arena)
{
	static const struct map none = { 0 };

	return map_walk_news(map, &none, arena);
}

struct map_walk map_walk_news(const struct map *map, const struct map *other, struct arena *arena)
{
	struct map_walk walk = { .arena = arena, .other = other };

	if (map->root)
		*vec_add(arena, &walk.left) = (struct map_part){ map->root, other->root };
	return walk;
}

static bool is_alike(const struct node *node, const struct node *other)
{
	return node->byte == other->byte && node->otherbits == other->otherbits;
}

/* Go down in the other map to where the keys below the node would be. */
static const void *follow(const void *there, const struct node *here)
{
	const void *first = here->child[0];
	const char *key = NULL;

	while (is_node(there) && is_above(node_of(there), here) &&
	       !is_alike(node_of(there), here)) {
		while (!key && is_node(first))
			first = node_of(first)->child[0];
		key = ((const struct leaf *)first)->key;
		there = node_of(there)->child[direction(node_of(there), key, strlen(key))];
	}
	return there;
}

/* The child to that side, if both nodes decide by the same bit; else what is there holds both. */
static struct map_part part_below(struct map_part part, int side)
{
	const struct node *here = node_of(part.here);
	const void *there = part.there;

	if (is_node(there) && is_alike(node_of(there), here))
		there = node_of(there)->child[side];
	return (struct map_part){ here->child[side], there };
}

void *map_next(struct map_walk *walk)
{
	while (walk->left.count > 0) {
		struct map_part part = walk->left.items[--walk->left.count];
		const struct leaf *leaf = NULL;

		while (part.here != part.there && is_node(part.here)) {
			part.there = follow(part.there, node_of(part.here));
			*vec_add(walk->arena, &walk->left) = part_below(part, 1);
			part = part_below(part, 0);
		}
		leaf = part.here;
		if (part.here != part.there && map_get(walk->other, leaf->key) != leaf->value)
			return leaf->value;
	}
	return NULL;
}
