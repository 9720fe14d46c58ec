#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/pages.h"
#include "base/pieces.h"

#define BLOCK_SIZE 32768 /* of the first block; the others are pieces */

/* The objects that a block has room for at least: endless where each one is to be watched. */
#ifdef ARENA_DEBUG
#define MIN_OBJECTS SIZE_MAX
#else
#define MIN_OBJECTS 4
#endif

#define ALIGNMENT alignof(uint64_t)

enum block_kind {
	BLOCK_FIRST, /* of those that objects share */
	BLOCK_PIECE, /* another one of those */
	BLOCK_OWN,   /* of one object */
};

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	enum block_kind kind;
	bool is_zeroed; /* what was never used */
	alignas(ALIGNMENT) char bytes[];
};

#define ROOM (PIECE_SIZE - sizeof(struct arena_block)) /* of a piece */

static size_t shared_size(const struct arena *arena)
{
	return arena->blocks ? ROOM : BLOCK_SIZE;
}

/* Does an object share the arena's next block with others? */
static bool is_shared(const struct arena *arena, size_t size)
{
	return size <= shared_size(arena) / MIN_OBJECTS;
}

/* An object with a block of its own may hardly be touched: large pages are for the largest. */
static bool is_large(size_t size)
{
	return size >= PAGES_SIZE;
}

static struct arena_block *piece_new(void)
{
	bool is_zeroed = false;
	struct arena_block *block = piece_take(&is_zeroed);

	*block = (struct arena_block){ .size = ROOM, .kind = BLOCK_PIECE, .is_zeroed = is_zeroed };
	return block;
}

static struct arena_block *first_new(void)
{
	struct arena_block *block = malloc(sizeof(*block) + BLOCK_SIZE);

	if (!block)
		die("out of memory");
	*block = (struct arena_block){ .size = BLOCK_SIZE, .kind = BLOCK_FIRST };
	return block;
}

static struct arena_block *own_new(size_t size)
{
	size_t whole = sizeof(struct arena_block) + size;
	struct arena_block *block = is_large(size) ? pages_take(whole) : calloc(1, whole);

	if (!block)
		die("out of memory");
	*block = (struct arena_block){ .size = size, .kind = BLOCK_OWN, .is_zeroed = true };
	return block;
}

static void block_free(struct arena_block *block)
{
	if (block->kind == BLOCK_PIECE)
		piece_give(block);
	else if (is_large(block->size))
		pages_give(block, sizeof(*block) + block->size);
	else
		free(block);
}

static struct arena_block *block_add(struct arena *arena, size_t needed)
{
	bool is_big = !is_shared(arena, needed);
	struct arena_block *block = NULL;

	if (needed > SIZE_MAX / 2)
		die("out of memory");
	if (is_big)
		block = own_new(needed);
	else
		block = arena->blocks ? piece_new() : first_new();
	/* It goes behind the block that still has room. */
	if (arena->blocks && is_big) {
		block->next = arena->blocks->next;
		arena->blocks->next = block;
	} else {
		block->next = arena->blocks;
		arena->blocks = block;
	}
	return block;
}

/* alignment is a power of two. */
static char *take(struct arena *arena, size_t size, size_t alignment)
{
	struct arena_block *block = arena->blocks;
	size_t start = 0;

	if (block && is_shared(arena, size)) {
		start = (block->used + alignment - 1) & ~(alignment - 1);
		if (start > block->size || size > block->size - start)
			block = NULL;
	} else {
		block = NULL;
	}
	if (!block) {
		block = block_add(arena, size);
		start = 0;
	}
	block->used = start + size;
	return block->bytes + start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	bool is_own = !is_shared(arena, size);
	char *bytes = take(arena, size, ALIGNMENT);

	/* Who shares a block does so with the first of the list. */
	return is_own || arena->blocks->is_zeroed ? bytes : memset(bytes, 0, size);
}

/* What leads to the block that holds nothing but this object; NULL: it shares one, as all do that
 * are small, so that an arena of many blocks is not searched for them. */
static struct arena_block **own_block(struct arena *arena, const void *object, size_t size)
{
	struct arena_block **at = &arena->blocks;

	if (size <= BLOCK_SIZE / MIN_OBJECTS)
		return NULL;
	while (*at && ((*at)->bytes != object || (*at)->size != size))
		at = &(*at)->next;
	return *at ? at : NULL;
}

static struct arena_block *block_grow(struct arena_block *block, size_t size)
{
	size_t before = block->size;

	if (is_large(before))
		block = pages_grow(block, sizeof(*block) + before, sizeof(*block) + size);
	else
		block = realloc(block, sizeof(*block) + size);
	if (!block)
		die("out of memory");
	if (!is_large(before))
		memset(block->bytes + before, 0, size - before);
	block->used = block->size = size;
	return block;
}

void *arena_grow(struct arena *arena, void *object, size_t size, size_t wanted)
{
	struct arena_block **at = own_block(arena, object, size);
	void *grown = NULL;

	/* Large pages are not for realloc(3), nor are its for them. */
	if (at && is_large(size) == is_large(wanted)) {
		*at = block_grow(*at, wanted);
		return (*at)->bytes;
	}
	grown = arena_alloc(arena, wanted);
	memcpy(grown, object, size);
	if (at) {
		struct arena_block *old = NULL;

		/* The new one may have come before it. */
		at = own_block(arena, object, size);
		old = *at;
		*at = old->next;
		block_free(old);
	}
	return grown;
}

char *arena_bytes(struct arena *arena, size_t size)
{
	return take(arena, size, 1);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
	char *copy = arena_bytes(arena, length + 1);

	if (length)
		memcpy(copy, bytes, length);
	copy[length] = '\0';
	return copy;
}

char *arena_string(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
	va_list again;
	char *text = NULL;
	int length = 0;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		die("cannot format a message");
	text = arena_bytes(arena, (size_t)length + 1);
	(void)vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *text = NULL;

	va_start(arguments, format);
	text = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	return text;
}

void arena_join(struct arena *arena, struct arena *joining)
{
	struct arena_block **end = &arena->blocks;

	/* Behind the block that still has room. */
	while (*end)
		end = &(*end)->next;
	*end = joining->blocks;
	*joining = (struct arena){ 0 };
}

void arena_release(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *next = arena->blocks->next;

		block_free(arena->blocks);
		arena->blocks = next;
	}
}

void arena_clear(struct arena *arena)
{
	struct arena_block *first = arena->blocks;

	if (!first || first->kind != BLOCK_FIRST) {
		arena_release(arena);
		return;
	}
	arena->blocks = first->next;
	arena_release(arena);
	first->used = 0;
	first->next = NULL;
	arena->blocks = first;
}
