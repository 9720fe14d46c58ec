#include "git/pack_cache.h"

#include <stdint.h>
#include <string.h>

#define MIN_ROOM 256
#define MAX_ROOM 16384
#define GROWTH 4
#define SLOT_SPAN 32 /* bytes of a pack that share a slot: neighbours are read together */

static struct pack_object *slot_of(const struct pack_generation *generation, const char *start)
{
	return &generation->slots[(uintptr_t)start / SLOT_SPAN & (generation->room - 1)];
}

/* Few slots are touched for few objects; whoever has the place of another one is lost. */
static void grow(struct pack_generation *generation)
{
	struct pack_generation before = *generation;

	generation->room = before.room ? before.room * GROWTH : MIN_ROOM;
	generation->table = (struct arena){ 0 };
	generation->slots =
		arena_alloc(&generation->table, generation->room * sizeof(*generation->slots));
	for (unsigned i = 0; i < before.room; i++)
		if (before.slots[i].start)
			*slot_of(generation, before.slots[i].start) = before.slots[i];
	arena_release(&before.table);
}

static const struct pack_object *find(const struct pack_generation *generation, const char *start)
{
	const struct pack_object *slot = generation->room ? slot_of(generation, start) : NULL;

	return slot && slot->start == start ? slot : NULL;
}

const struct pack_object *pack_cache_find(struct pack_cache *cache, const char *start)
{
	const struct pack_object *found = find(&cache->young, start);

	if (found)
		return found;
	found = find(&cache->old, start);
	return found ? pack_cache_keep(cache, found) : NULL;
}

const struct pack_object *pack_cache_keep(struct pack_cache *cache,
					  const struct pack_object *object)
{
	struct pack_generation *young = &cache->young;
	struct pack_object *slot = NULL;

	if (young->count >= young->room / 2 && young->room < MAX_ROOM)
		grow(young);
	slot = slot_of(young, object->start);
	young->count += slot->start == NULL;
	*slot = *object;
	slot->content.bytes =
		arena_copy(&young->contents, object->content.bytes, object->content.length);
	young->size += object->content.length;
	return slot;
}

static void generation_release(struct pack_generation *generation)
{
	arena_release(&generation->contents);
	arena_release(&generation->table);
}

void pack_cache_limit(struct pack_cache *cache, size_t size)
{
	if (cache->young.size <= size)
		return;
	generation_release(&cache->old);
	cache->old = cache->young;
	cache->young = (struct pack_generation){ 0 };
}

void pack_cache_release(struct pack_cache *cache)
{
	generation_release(&cache->young);
	generation_release(&cache->old);
}
