#include "base/vec.h"

#include <stdint.h>
#include <string.h>

#include "base/fail.h"

void *vec_room(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
	size_t more = *room ? *room * 2 : 8;
	void *grown = NULL;

	if (count < *room)
		return items;
	if (more > SIZE_MAX / 4 / size)
		die("out of memory");
	grown = arena_alloc(arena, more * size);
	if (count)
		memcpy(grown, items, count * size);
	*room = more;
	return grown;
}
