#include "base/vec.h"

#include <limits.h>

#include "base/fail.h"

#define FIRST_ROOM 64 /* bytes: most arrays stay small */

static size_t first_room(size_t size)
{
	return size < FIRST_ROOM ? FIRST_ROOM / size : 1;
}

static unsigned checked(size_t room)
{
	if (room > UINT_MAX)
		die("out of memory");
	return (unsigned)room;
}

void *vec_space(struct arena *arena, unsigned *room, size_t wanted, size_t size)
{
	*room = checked(wanted);
	return arena_alloc(arena, wanted * size);
}

void *vec_room(struct arena *arena, void *items, size_t count, unsigned *room, size_t size)
{
	size_t before = *room;

	if (count < before)
		return items;
	if (!before)
		return vec_space(arena, room, first_room(size), size);
	*room = checked(before * 2);
	return arena_grow(arena, items, before * size, *room * size);
}
