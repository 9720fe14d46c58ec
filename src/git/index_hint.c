#include <string.h>

#include "git/index.h"

struct index_hint index_hint(const struct index *index)
{
	struct index_hint hint = { .index = index };

	if (index && !index->file.is_unmerged)
		hint.node = index->root;
	if (hint.node)
		hint.node->path = "";
	return hint;
}

struct index_hint index_hint_below(const struct index_hint *hint, struct text name)
{
	struct index_hint below = { .index = hint->index };
	struct arena *arena = hint->node ? hint->index->arena : NULL;

	if (arena)
		below.node = cache_tree_child(arena, hint->node, name);
	if (below.node && !below.node->path)
		below.node->path = arena_printf(arena, "%s%.*s/", hint->node->path,
						(int)name.length, name.bytes);
	return below;
}

/* How many entries are before a path. */
static size_t entries_before(const struct index_file *file, struct arena *scratch, const char *path)
{
	struct index_entry entry;

	index_file_find(file, scratch, &entry, path);
	return entry.number;
}

/* The directory's entries: from its path with a slash to that with what follows one. */
static void measure(const struct index_hint *hint)
{
	const struct index_file *file = &hint->index->file;
	struct cache_node *node = hint->node;
	size_t length = strlen(node->path);
	struct arena scratch = { 0 };

	if (node->is_measured)
		return;
	node->is_measured = true;
	node->behind = file->count;
	if (length > 0) {
		char *end = arena_copy(&scratch, node->path, length);

		end[length - 1]++;
		node->first = entries_before(file, &scratch, node->path);
		node->behind = entries_before(file, &scratch, end);
	}
	arena_release(&scratch);
}

bool index_hint_is(const struct index_hint *hint, const git_oid *tree)
{
	const struct cache_node *node = hint->node;

	if (!node || !node->id || memcmp(node->id, tree->id, GIT_OID_RAWSZ) != 0)
		return false;
	measure(hint);
	return node->behind - node->first == node->entries;
}

struct index_entries index_hint_watched(const struct index_hint *hint)
{
	const struct index_entries *all = &hint->index->file.watched;
	unsigned at = 0, behind = 0;

	measure(hint);
	at = vec_before(all, number, hint->node->first);
	behind = vec_before(all, number, hint->node->behind);
	return (struct index_entries){ .items = all->items ? all->items + at : NULL,
				       .count = behind - at };
}
