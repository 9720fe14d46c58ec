#include "git/ids.h"

#include <string.h>

#define TABLE_SIZE 16384 /* by the first 14 bits */
#define LAST_BIT (GIT_OID_RAWSZ * 8 - 1)

static unsigned bit_of(const git_oid *id, unsigned bit)
{
	return ((unsigned)id->id[bit / 8] >> (7 - bit % 8)) & 1u;
}

static struct id_node **root_of(const struct ids *ids, const git_oid *id)
{
	return &ids->roots[(id->id[0] << 8 | id->id[1]) >> 2];
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

void ids_put(struct ids *ids, struct arena *arena, struct id_node *node)
{
	struct id_node **where = NULL;
	unsigned side = 0, last = 0;

	if (!ids->roots)
		ids->roots = arena_alloc(arena, TABLE_SIZE * sizeof(struct id_node *));
	where = root_of(ids, &node->id);
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

const char *id_hex(struct arena *arena, const git_oid *id)
{
	char digits[GIT_OID_HEXSZ + 1];

	git_oid_tostr(digits, sizeof(digits), id);
	return arena_copy(arena, digits, GIT_OID_HEXSZ);
}
