#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

/*
 * A typed array that grows in an arena: struct stages VEC(struct stage);
 * An item's address is good until the next vec_add to the same array.
 */
#define VEC(type)                                                                                  \
	{                                                                                          \
		type *items;                                                                       \
		unsigned count, room;                                                              \
	}

/* A new zeroed item at the end: *vec_add(arena, &lines) = line; */
#define vec_add(arena, vec)                                                                        \
	((vec)->items = vec_room((arena), (vec)->items, (vec)->count, &(vec)->room,                \
				 sizeof(*(vec)->items)),                                           \
	 &(vec)->items[(vec)->count++])

/* Room for that many items in an empty array, where it is known how many there will be. */
#define vec_reserve(arena, vec, wanted)                                                            \
	((vec)->items = vec_space((arena), &(vec)->room, (wanted), sizeof(*(vec)->items)))

/* Every item in turn: vec_each(struct stage *, stage, &file->stages) ... */
#define vec_each(type, item, vec)                                                                  \
	for (type item = (vec)->items; item && item < (vec)->items + (vec)->count; item++)

/* Sort by a comparison as qsort(3) takes it. */
#define vec_sort(vec, compare)                                                                     \
	do {                                                                                       \
		if ((vec)->count > 1)                                                              \
			qsort((vec)->items, (vec)->count, sizeof(*(vec)->items), (compare));       \
	} while (0)

/* How many items of an array that is sorted by a member have less than the value in it. */
#define vec_before(vec, member, value)                                                             \
	({                                                                                         \
		unsigned low_ = 0, high_ = (vec)->count;                                           \
                                                                                                   \
		while (low_ < high_) {                                                             \
			unsigned middle_ = low_ + (high_ - low_) / 2;                              \
                                                                                                   \
			if ((vec)->items[middle_].member < (value))                                \
				low_ = middle_ + 1;                                                \
			else                                                                       \
				high_ = middle_;                                                   \
		}                                                                                  \
		low_;                                                                              \
	})

/* The items with room for one more behind count, the added room zeroed. For vec_add. */
void *vec_room(struct arena *arena, void *items, size_t count, unsigned *room, size_t size);

/* Zeroed room for so many items. For vec_reserve. */
void *vec_space(struct arena *arena, unsigned *room, size_t wanted, size_t size);

/* The commonest array. */
struct strings VEC(const char *);

#endif
