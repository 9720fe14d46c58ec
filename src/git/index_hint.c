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

static const char *path_below(struct arena *arena, const char *above, struct text name)
{
	char *path = arena_bytes(arena, strlen(above) + name.length + sizeof("/"));
	char *end = stpcpy(path, above);

	stpcpy(mempcpy(end, name.bytes, name.length), "/");
	return path;
}

struct index_hint index_hint_below(const struct index_hint *hint, struct text name)
{
	struct index_hint below = { .index = hint->index };
	struct arena *arena = hint->node ? hint->index->arena : NULL;

	if (arena)
		below.node = cache_tree_child(arena, hint->node, name);
	if (below.node && !below.node->path)
		below.node->path = path_below(arena, hint->node->path, name);
	return below;
}

/* What comes behind all paths below a directory: with what follows the slash in its place. */
static const char *path_behind(struct arena *arena, const char *path)
{
	size_t length = strlen(path);
	char *end = arena_copy(arena, path, length);

	end[length - 1]++;
	return end;
}

/* How many entries are before a path. */
static size_t entries_before(const struct index_file *file, struct arena *scratch, const char *path)
{
	struct index_entry entry;

	index_file_find(file, scratch, &entry, path);
	return entry.number;
}

static size_t count_entries(const struct index_file *file, const char *path)
{
	struct arena scratch = { 0 };
	size_t count = 0;

	if (!*path)
		return file->count;
	count = entries_before(file, &scratch, path_behind(&scratch, path)) -
		entries_before(file, &scratch, path);
	arena_release(&scratch);
	return count;
}

/* Has the directory as many entries as its tree? Where all of the index has, so has each part. */
static bool is_complete(const struct index_hint *hint)
{
	const struct cache_node *root = hint->index->root;
	struct cache_node *node = hint->node;

	if (root->id && root->entries == hint->index->file.count)
		return true;
	if (!node->is_counted)
		node->is_complete = count_entries(&hint->index->file, node->path) == node->entries;
	node->is_counted = true;
	return node->is_complete;
}

bool index_hint_is(const struct index_hint *hint, const git_oid *tree)
{
	const struct cache_node *node = hint->node;

	return node && node->id && memcmp(node->id, tree->id, GIT_OID_RAWSZ) == 0 &&
	       is_complete(hint);
}

/* How many watched ones are before a path. */
static unsigned watched_before(const struct index_entries *watched, const char *path)
{
	unsigned low = 0, high = watched->count;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (strcmp(watched->items[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct index_entries index_hint_watched(const struct index_hint *hint)
{
	const struct index_entries *all = &hint->index->file.watched;
	const char *path = hint->node->path;
	struct arena scratch = { 0 };
	unsigned at = watched_before(all, path), behind = all->count;

	if (*path)
		behind = watched_before(all, path_behind(&scratch, path));
	arena_release(&scratch);
	return (struct index_entries){ .items = all->items ? all->items + at : NULL,
				       .count = behind - at };
}
