#include <stdint.h>
#include <string.h>

#include "base/fail.h"
#include "git/cache_tree.h"
#include "git/index_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool watch(const char *name)
{
	return strchr(name, 'f') != NULL;
}

static void visit(struct arena *arena, struct cache_node *node, int depth)
{
	static const char *const names[] = { "", "a", "sub" };

	for (size_t i = 0; node && depth > 0 && i < sizeof(names) / sizeof(names[0]); i++)
		visit(arena,
		      cache_tree_child(arena, node, (struct text){ names[i], strlen(names[i]) }),
		      depth - 1);
}

/* Whatever is read is found again, where it was. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct index_file file;
	struct text bytes = { arena_copy(&arena, (const char *)data, size), size };
	const char *before = "";

	if (index_file_read(&file, &arena, bytes, watch) != 0)
		file.watched.count = 0;
	else
		visit(&arena, cache_tree_root(&arena, file.cache_tree), 5);
	vec_each (const struct index_entry *, entry, &file.watched) {
		struct index_entry found;
		int order = strcmp(before, entry->path);

		if (order > 0 || strlen(entry->path) != entry->length ||
		    !index_file_find(&file, &arena, &found, entry->path) ||
		    strcmp(found.path, entry->path) != 0 || found.number > entry->number ||
		    (order < 0 && found.number != entry->number))
			__builtin_trap();
		before = entry->path;
	}
	failure_clear();
	arena_release(&arena);
	return 0;
}
