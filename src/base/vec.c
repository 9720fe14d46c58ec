#include "base/vec.h"

#include <stdint.h>

#include "base/fail.h"

#define FIRST_ROOM 64 /* bytes: most arrays stay small */

static size_t first_room(size_t size)
{
	return size < FIRST_ROOM ? FIRST_ROOM / size : 1;
}

static size_t bytes_of(size_t room, size_t size)
{
	if (room > SIZE_MAX / 4 / size)
		die("out of memory");
	return room * size;
}

void *vec_space(struct arena *arena, size_t room, size_t size)
{
	return arena_alloc(arena, bytes_of(room, size));
}

void *vec_room(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
	size_t before = *room;

	if (count < before)
		return items;
	*room = before ? before * 2 : first_room(size);
	if (!before)
		return vec_space(arena, *room, size);
	return arena_grow(arena, items, before * size, bytes_of(*room, size));
}
