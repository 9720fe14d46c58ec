#include "base/pages.h"

#include <stdint.h>
#include <sys/mman.h>

#include "base/fail.h"

static size_t round_up(size_t size)
{
	return (size + PAGES_SIZE - 1) / PAGES_SIZE * PAGES_SIZE;
}

void *pages_take_small(size_t size)
{
	void *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (start == MAP_FAILED)
		die("out of memory");
	return start;
}

void *pages_take(size_t size)
{
	size_t length = round_up(size), before = 0;
	/* One page more than needed, so that there is a place to begin in it. */
	char *start = pages_take_small(length + PAGES_SIZE);

	before = round_up((uintptr_t)start) - (uintptr_t)start;
	if (before > 0)
		(void)munmap(start, before);
	(void)munmap(start + before + length, PAGES_SIZE - before);
	(void)madvise(start + before, length, MADV_HUGEPAGE);
	return start + before;
}

void *pages_grow(void *pages, size_t size, size_t wanted)
{
	void *start = pages_take(wanted);
	size_t length = round_up(size);

	/* Where the new memory begins, the old is put in its place. */
	if (mremap(pages, length, length, MREMAP_MAYMOVE | MREMAP_FIXED, start) == MAP_FAILED)
		die("out of memory");
	return start;
}

void pages_give(void *pages, size_t size)
{
	(void)munmap(pages, round_up(size));
}
