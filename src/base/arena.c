#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"

#ifdef ARENA_DEBUG
#define BLOCK_SIZE 0
#else
#define BLOCK_SIZE 32768
#endif

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

static struct arena_block *block_add(struct arena *arena, size_t needed)
{
	size_t size = needed > BLOCK_SIZE ? needed : BLOCK_SIZE;
	struct arena_block *block = NULL;

	if (needed > SIZE_MAX / 2)
		die("out of memory");
	block = calloc(1, sizeof(*block) + size);
	if (!block)
		die("out of memory");
	block->size = size;
	/* A block of its own for one big object goes behind the one that still has room. */
	if (arena->blocks && needed > BLOCK_SIZE / 4) {
		block->next = arena->blocks->next;
		arena->blocks->next = block;
	} else {
		block->next = arena->blocks;
		arena->blocks = block;
	}
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	size_t start = 0;

	if (size > SIZE_MAX / 2)
		die("out of memory");
	if (block) {
		start = (block->used + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
		if (start > block->size || size > block->size - start)
			block = NULL;
	}
	if (!block) {
		block = block_add(arena, size);
		start = 0;
	}
	block->used = start + size;
	return block->bytes + start;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	if (length)
		memcpy(copy, bytes, length);
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
	text = arena_alloc(arena, (size_t)length + 1);
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

void arena_release(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *next = arena->blocks->next;

		free(arena->blocks);
		arena->blocks = next;
	}
}
