#include <string.h>

#include "base/fail.h"
#include "base/path.h"
#include "git/ids.h"
#include "git/packed_blobs.h"
#include "git/tree.h"

/* A snapshot's own. */
struct tree_source {
	struct trees *trees;
	git_oid root;
	struct table directories; /* struct tree_object *, by path */
};

/* The directory at a path, looked for once. 0, or -1. */
static int open_directory(struct snapshot *snapshot, struct tree_object **directory,
			  const char *path, const git_oid *id)
{
	struct tree_source *source = snapshot->source;

	*directory = table_get(&source->directories, path);
	if (*directory)
		return 0;
	if (trees_object(source->trees, directory, id) < 0)
		return fail_in("directory '%s'", path);
	table_put(&source->directories, snapshot->arena, path, *directory);
	return 0;
}

/* Behind an item's name and its NUL stands its id. */
static struct entry item_entry(git_oid *id, const struct tree_item *item, const char *path)
{
	struct entry entry = { .path = path, .kind = item->kind };

	git_oid_fromraw(id, (const unsigned char *)item->name + strlen(item->name) + 1);
	id_write(entry.id, id->id);
	return entry;
}

/* What stands in a directory under that name; the entry's path is the caller's. 0, or -1. */
static int find(struct snapshot *snapshot, struct entry *found, git_oid *id,
		struct tree_object *directory, const char *name)
{
	struct tree_source *source = snapshot->source;
	const struct tree_item *item = NULL;

	*found = (struct entry){ .path = found->path };
	if (trees_item(source->trees, &item, directory, name) < 0)
		return -1;
	if (item)
		*found = item_entry(id, item, found->path);
	return 0;
}

/* The same of a directory that is in the index as it is in the tree. */
static void find_in_index(struct entry *found, struct arena *arena, const struct index *index)
{
	struct index_entry entry;

	found->kind = index_find(index, arena, &entry, found->path);
	if (entry.path)
		*found = index_entry_found(&entry, found->path);
}

/* From the root on. */
static int walk(struct snapshot *snapshot, struct entry *found)
{
	struct tree_source *source = snapshot->source;
	const struct index *index = source->trees->index;
	const char *at = found->path, *above = ".";
	git_oid id = source->root;
	struct index_hint hint = index_hint(index);

	while (*at) {
		size_t size = strcspn(at, "/");
		const char *name = arena_copy(snapshot->arena, at, size);
		struct tree_object *directory = NULL;

		if (index_hint_is(&hint, &id)) {
			find_in_index(found, snapshot->arena, index);
			return 0;
		}
		if (open_directory(snapshot, &directory, above, &id) < 0 ||
		    find(snapshot, found, &id, directory, name) < 0)
			return -1;
		at += size;
		if (!*at || found->kind == ENTRY_ABSENT || found->kind == ENTRY_SUBMODULE)
			return 0;
		above = arena_copy(snapshot->arena, found->path, (size_t)(at - found->path));
		hint = index_hint_below(&hint, (struct text){ name, size });
		at++;
		if (found->kind != ENTRY_DIRECTORY) {
			*found = (struct entry){ .path = found->path };
			return 0;
		}
	}
	return 0;
}

static int lookup(struct snapshot *snapshot, struct entry *found, const char *path)
{
	struct tree_source *source = snapshot->source;
	struct tree_object *above = NULL;
	git_oid id = source->root;

	*found = (struct entry){ .path = arena_string(snapshot->arena, path) };
	if (strcmp(path, ".") == 0) {
		found->kind = ENTRY_DIRECTORY;
		id_write(found->id, id.id);
		return 0;
	}
	above = table_get(&source->directories, path_directory(snapshot->arena, path));
	if (!above)
		return walk(snapshot, found);
	return find(snapshot, found, &id, above, path_name(path));
}

static int read_blob(struct snapshot *snapshot, struct arena *arena, struct text *text,
		     const struct entry *entry)
{
	struct tree_source *source = snapshot->source;

	return repository_file(source->trees->repository, arena, text, entry);
}

static struct blob_source *open_blobs(struct snapshot *snapshot, bool is_apart)
{
	const struct tree_source *source = snapshot->source;

	return packed_blobs(snapshot->arena, source->trees->repository->packs, is_apart);
}

/* Watch the files of one directory. Nothing where there is no such directory. 0, or -1. */
static int watch(struct snapshot *snapshot, const char *path)
{
	struct tree_source *source = snapshot->source;
	struct arena *arena = snapshot->arena;
	struct entry found = { 0 };
	struct tree_object *directory = NULL;
	git_oid id;

	if (lookup(snapshot, &found, path) < 0)
		return -1;
	if (found.kind != ENTRY_DIRECTORY)
		return 0;
	if (id_parse(&id, found.id) < 0)
		return fail("bad id of '%s'", path);
	if (open_directory(snapshot, &directory, path, &id) < 0 ||
	    trees_list(source->trees, directory) < 0)
		return -1;
	if (directory->is_padded)
		*vec_add(arena, &snapshot->faults) = trees_fault(arena, path, &directory->node.id);
	vec_each (const struct tree_item *, item, &directory->items) {
		if (!trees_watch_name(source->trees, item->name, item->kind))
			continue;
		found = item_entry(&id, item, path_join(arena, path, item->name));
		*vec_add(arena, &snapshot->watched) = found;
	}
	return 0;
}

static int by_path(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	return strcmp(a->path, b->path);
}

static int watch_all(struct snapshot *snapshot, const git_oid *tree)
{
	struct tree_source *source = snapshot->source;
	const struct tree_unfolded *unfolded = NULL;

	if (trees_all(source->trees, &unfolded, tree) < 0)
		return -1;
	snapshot->watched = unfolded->watched;
	snapshot->faults = unfolded->faults;
	return 0;
}

int tree_snapshot(struct snapshot *snapshot, struct arena *arena, struct trees *trees,
		  struct view view)
{
	struct tree_source *source = arena_new(arena, struct tree_source);

	trees_begin(trees);
	source->trees = trees;
	if (id_parse(&source->root, view.tree) < 0)
		return fail("bad id '%s'", view.tree);
	*snapshot = (struct snapshot){
		.arena = arena,
		.lookup = lookup,
		.read = read_blob,
		.open_blobs = open_blobs,
		.source = source,
	};
	if (!view.directories)
		return watch_all(snapshot, &source->root);
	vec_each (const char *const *, directory, view.directories)
		if (watch(snapshot, *directory) < 0)
			return -1;
	vec_sort(&snapshot->watched, by_path);
	return 0;
}
