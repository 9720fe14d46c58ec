#include "git/memory.h"

#include <git2/sys/alloc.h>
#include <stdint.h>
#include <string.h>

#include "base/heap.h"
#include "git/handles.h"

static void *resize(void *old, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return heap_resize(old, size);
}

static void *take(size_t size, const char *file, int line)
{
	return resize(NULL, size, file, line);
}

#if LIBGIT2_SINCE(1, 7)
static git_allocator allocator = { take, resize, heap_free };
#else
static void *resize_array(void *old, size_t count, size_t size, const char *file, int line)
{
	/* More than there can be: refused as too large. */
	return resize(old, size && count > SIZE_MAX / size ? SIZE_MAX : count * size, file, line);
}

static void *take_array(size_t count, size_t size, const char *file, int line)
{
	return resize_array(NULL, count, size, file, line);
}

static void *take_zeroed(size_t count, size_t size, const char *file, int line)
{
	void *memory = take_array(count, size, file, line);

	return memset(memory, 0, count * size);
}

/* length bytes, whatever they are, and a NUL. */
static char *copy_exactly(const char *text, size_t length, const char *file, int line)
{
	char *copy = take(length + 1, file, line);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

static char *copy_most(const char *text, size_t length, const char *file, int line)
{
	return copy_exactly(text, strnlen(text, length), file, line);
}

static char *copy(const char *text, const char *file, int line)
{
	return copy_exactly(text, strlen(text), file, line);
}

static git_allocator allocator = { take,   take_zeroed,  copy,       copy_most, copy_exactly,
				   resize, resize_array, take_array, heap_free };
#endif

void memory_for_git(void)
{
	(void)git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
}
