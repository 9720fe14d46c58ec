#include "git/pack_index.h"

#include <git2.h>
#include <string.h>

#include "git/mapped.h"

#define ID_SIZE GIT_OID_RAWSZ
#define FANOUT_AT 8 /* behind magic and version */
#define IDS_AT (FANOUT_AT + 256 * 4)
#define OTHERS_SIZE (4 + 4)    /* beside its id an object has a checksum and an offset */
#define MAX_OFFSET 0x7fffffffu /* more says where there is a longer one */
#define MAX_GUESSES 16         /* until a look-up only halves: ids can be chosen */

size_t pack_index_count(struct text index)
{
	return mapped_number(index.bytes + IDS_AT - 4);
}

const char *pack_index_sum(struct text index)
{
	return index.bytes + index.length - 2 * ID_SIZE;
}

bool pack_index_is_known(struct text index)
{
	if (index.length < IDS_AT + 2 * ID_SIZE)
		return false;
	for (size_t at = FANOUT_AT; at < IDS_AT - 4; at += 4)
		if (mapped_number(index.bytes + at) > mapped_number(index.bytes + at + 4))
			return false;
	return memcmp(index.bytes, "\377tOc\0\0\0\2", FANOUT_AT) == 0 &&
	       pack_index_count(index) <=
		       (index.length - IDS_AT - 2 * ID_SIZE) / (ID_SIZE + OTHERS_SIZE);
}

/* The place of an id among all. False: it has none. Ids are spread evenly, which says where to
 * look: a large index is slow to touch in many places. */
static bool find_place(size_t *place, struct window *window, const struct window_file *index,
		       const char *id)
{
	const char *fanout = index->bytes.bytes + FANOUT_AT;
	size_t wanted = mapped_number(id), first = wanted >> 24, least = first << 24,
	       most = least + 0xffffff;
	size_t low = first ? mapped_number(fanout + 4 * first - 4) : 0,
	       high = mapped_number(fanout + 4 * first);

	for (unsigned count = 0; low < high; count++) {
		size_t span = high - low;
		size_t guess =
			low + (count < MAX_GUESSES ? span * (wanted - least) / (most - least + 1)
						   : span / 2);
		const char *found = window_at(window, index, IDS_AT + guess * ID_SIZE, ID_SIZE);
		int order = memcmp(found, id, ID_SIZE);

		*place = guess;
		if (order == 0)
			return true;
		*(order < 0 ? &low : &high) = order < 0 ? guess + 1 : guess;
		*(order < 0 ? &least : &most) = mapped_number(found);
	}
	return false;
}

size_t pack_index_find(struct window *window, const struct window_file *index, const char *id)
{
	size_t place = 0, offset = 0,
	       offsets_at = IDS_AT + pack_index_count(index->bytes) * (ID_SIZE + 4);

	if (find_place(&place, window, index, id))
		offset = mapped_number(window_at(window, index, offsets_at + 4 * place, 4));
	return offset > MAX_OFFSET ? 0 : offset;
}
