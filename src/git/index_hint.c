#include <string.h>

#include "git/index.h"

struct index_hint index_hint(const struct index *index)
{
	struct index_hint hint = { .index = index, .path = "" };

	if (index && !index->file.is_unmerged)
		hint.node = index->root;
	return hint;
}

struct index_hint index_hint_below(const struct index_hint *hint, struct arena *arena,
				   struct text name)
{
	struct index_hint below = { .index = hint->index };

	if (!hint->node)
		return below;
	below.node = cache_tree_child(hint->index->arena, hint->node, name);
	if (below.node)
		below.path =
			arena_printf(arena, "%s%.*s/", hint->path, (int)name.length, name.bytes);
	return below;
}

/* How many entries are before a path. */
static size_t entries_before(const struct index_file *file, struct arena *scratch, const char *path)
{
	struct index_entry entry;

	index_file_find(file, scratch, &entry, path);
	return entry.number;
}

/* The directory's entries, by number: from its path with a slash to that with what follows one. */
static void find_range(const struct index_hint *hint, size_t *first, size_t *behind)
{
	const struct index_file *file = &hint->index->file;
	size_t length = strlen(hint->path);
	struct arena scratch = { 0 };

	*first = 0;
	*behind = file->count;
	if (length > 0) {
		char *end = arena_copy(&scratch, hint->path, length);

		end[length - 1]++;
		*first = entries_before(file, &scratch, hint->path);
		*behind = entries_before(file, &scratch, end);
	}
	arena_release(&scratch);
}

bool index_hint_is(const struct index_hint *hint, const git_oid *tree)
{
	size_t first = 0, behind = 0;

	if (!hint->node || !hint->node->id || memcmp(hint->node->id, tree->id, GIT_OID_RAWSZ) != 0)
		return false;
	find_range(hint, &first, &behind);
	return behind - first == hint->node->entries;
}

struct index_entries index_hint_watched(const struct index_hint *hint)
{
	const struct index_entries *all = &hint->index->file.watched;
	size_t first = 0, behind = 0, at = 0;

	find_range(hint, &first, &behind);
	at = vec_before(all, number, first);
	return (struct index_entries){ .items = all->items ? all->items + at : NULL,
				       .count = vec_before(all, number, behind) - at };
}
