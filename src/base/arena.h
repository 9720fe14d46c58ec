#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Memory that is taken bit by bit and given back at once. Nothing here returns NULL: without
 * memory the program ends with status 3. With -DARENA_DEBUG each object is a block of its own, so
 * that AddressSanitizer sees every overrun.
 */
struct arena {
	struct arena_block *blocks;
};

/* size zeroed bytes, aligned for pointers and numbers. */
void *arena_alloc(struct arena *arena, size_t size);

/* An object of size bytes with room for more, the added bytes zeroed. The old one is gone, and
 * where it had memory of its own, that is given back. */
void *arena_grow(struct arena *arena, void *object, size_t size, size_t wanted);

/* size bytes for text, not zeroed. */
char *arena_bytes(struct arena *arena, size_t size);

/* A copy of length bytes with a NUL behind them. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);

/* A copy of a string; NULL stays NULL. */
char *arena_string(struct arena *arena, const char *text);

char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

/* Let all that is in the joining arena live as long as the other; it is empty then. */
void arena_join(struct arena *arena, struct arena *joining);

/* Give everything back; the arena is empty and may be used again. */
void arena_release(struct arena *arena);

/* Empty it and keep some memory, for many small things one after the other. */
void arena_clear(struct arena *arena);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

#endif
