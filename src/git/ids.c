#include "git/ids.h"

#include <stdbool.h>
#include <string.h>

#define FEW_BITS 7 /* of an id, by which the table is at first: most are small */
#define MANY_BITS 14
#define FEW 1024 /* nodes for which that is enough */
#define LAST_BIT (GIT_OID_RAWSZ * 8 - 1)

static unsigned bit_of(const git_oid *id, unsigned bit)
{
	return ((unsigned)id->id[bit / 8] >> (7 - bit % 8)) & 1u;
}

static struct id_node **root_of(const struct ids *ids, const git_oid *id)
{
	return &ids->roots[(unsigned)(id->id[0] << 8 | id->id[1]) >> (16 - ids->bits)];
}

/* The node that shares most with id. Below a node the bits grow; a child without a greater one is
 * not below it, but what the search has found. */
static struct id_node *nearest(struct id_node *node, const git_oid *id)
{
	unsigned bit = 0;

	do {
		bit = node->bit;
		node = node->child[bit_of(id, bit)];
	} while (node->bit > bit);
	return node;
}

struct id_node *ids_get(const struct ids *ids, const git_oid *id)
{
	struct id_node *node = ids->roots ? *root_of(ids, id) : NULL;

	if (node)
		node = nearest(node, id);
	return node && memcmp(node->id.id, id->id, GIT_OID_RAWSZ) == 0 ? node : NULL;
}

/* Both ids differ. */
static unsigned first_difference(const git_oid *one, const git_oid *other)
{
	unsigned byte = 0, bit = 0;

	while (one->id[byte] == other->id[byte])
		byte++;
	for (bit = byte * 8; bit_of(one, bit) == bit_of(other, bit);)
		bit++;
	return bit;
}

static struct ids table_of(struct arena *arena, unsigned bits)
{
	return (struct ids){ .roots = arena_alloc(arena, sizeof(struct id_node *) << bits),
			     .bits = bits };
}

static void add(struct ids *ids, struct id_node *node)
{
	struct id_node **where = root_of(ids, &node->id);
	unsigned side = 0, last = 0;

	ids->count++;
	if (!*where) {
		/* Alone it is found whichever way the search goes. */
		node->bit = LAST_BIT;
		node->child[0] = node->child[1] = node;
		*where = node;
		return;
	}
	node->bit = first_difference(&nearest(*where, &node->id)->id, &node->id);
	while ((*where)->bit > last && (*where)->bit < node->bit) {
		last = (*where)->bit;
		where = &(*where)->child[bit_of(&node->id, last)];
	}
	side = bit_of(&node->id, node->bit);
	node->child[side] = node;
	node->child[!side] = *where;
	*where = node;
}

/* Add a node and those below it, which come first: it says where they are. Two that differ in the
 * last bit alone may both be at that. */
static void add_all(struct ids *ids, struct id_node *node)
{
	const unsigned bit = node->bit;
	struct id_node *below[] = { node->child[0], node->child[1] };
	const bool is_below[] = { below[0] != node && below[0]->bit >= bit,
				  below[1] != node && below[1]->bit >= bit };

	for (int i = 0; i < 2; i++)
		if (is_below[i])
			add_all(ids, below[i]);
	add(ids, node);
}

static struct ids grown(const struct ids *ids, struct arena *arena)
{
	struct ids larger = table_of(arena, MANY_BITS);

	for (size_t i = 0; i < (size_t)1 << ids->bits; i++)
		if (ids->roots[i])
			add_all(&larger, ids->roots[i]);
	return larger;
}

void ids_put(struct ids *ids, struct arena *arena, struct id_node *node)
{
	if (!ids->roots)
		*ids = table_of(arena, FEW_BITS);
	if (ids->count == FEW && ids->bits == FEW_BITS)
		*ids = grown(ids, arena);
	add(ids, node);
}

/* A digit's value and one more; 0: it is none. */
static const unsigned char digits_of[256] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

int id_parse(git_oid *id, const char *digits)
{
	for (size_t i = 0; i < GIT_OID_RAWSZ; i++) {
		unsigned high = digits_of[(unsigned char)digits[2 * i]];
		unsigned low = high ? digits_of[(unsigned char)digits[2 * i + 1]] : 0;

		if (!low)
			return -1;
		id->id[i] = (unsigned char)((high - 1) * 16 + low - 1);
	}
	return 0;
}

void id_write(char digits[GIT_OID_HEXSZ + 1], const unsigned char *id)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < GIT_OID_RAWSZ; i++) {
		digits[2 * i] = hex[id[i] >> 4];
		digits[2 * i + 1] = hex[id[i] & 15];
	}
	digits[GIT_OID_HEXSZ] = '\0';
}

const char *id_hex(struct arena *arena, const git_oid *id)
{
	char digits[GIT_OID_HEXSZ + 1];

	id_write(digits, id->id);
	return arena_copy(arena, digits, GIT_OID_HEXSZ);
}
