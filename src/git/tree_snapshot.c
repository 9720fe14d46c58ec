#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "git/handles.h"
#include "git/tree.h"

/* An entry of a tree object. Its name stands there, between its mode and its id. */
struct item {
	const char *name;
	enum entry_kind kind;
};

/* A directory that something was looked up in, by name. */
struct directory VEC(struct item);

/* A snapshot's own. */
struct tree_source {
	struct trees *trees;
	git_oid root;
	struct map directories; /* struct directory *, by path */
};

static int by_name(const void *left, const void *right)
{
	const struct item *a = left, *b = right;

	return strcmp(a->name, b->name);
}

/* Git sorts a directory as if its name ended with a slash: mostly that is no other order. */
static int add_items(struct directory *directory, struct arena *arena, struct tree_cursor *cursor)
{
	struct tree_entry entry = { 0 };
	bool is_sorted = true;
	int more = 0;

	while ((more = tree_next(cursor, &entry)) > 0) {
		struct item *item = vec_add(arena, directory);

		*item = (struct item){ entry.name, tree_entry_kind(&entry) };
		is_sorted = is_sorted && (directory->count == 1 || by_name(item - 1, item) < 0);
	}
	if (!is_sorted)
		vec_sort(directory, by_name);
	return more;
}

/* The directory at a path, read once. 0, or -1. */
static int open_directory(struct snapshot *snapshot, struct directory **directory, const char *path,
			  const git_oid *id)
{
	struct tree_source *source = snapshot->source;
	struct tree_cursor cursor = { .hex = path };

	*directory = map_get(&source->directories, path);
	if (*directory)
		return 0;
	*directory = arena_new(snapshot->arena, struct directory);
	if (repository_read(source->trees->repository, snapshot->arena, &cursor.text,
			    (struct wanted){ id, GIT_OBJECT_TREE, 0 }) < 0)
		return fail_in("directory '%s'", path);
	if (add_items(*directory, snapshot->arena, &cursor) < 0)
		return -1;
	map_put(&source->directories, snapshot->arena, path, *directory);
	return 0;
}

/* What stands in a directory under that name; the entry's path is the caller's. */
static void find(struct entry *found, git_oid *id, const struct directory *directory,
		 const char *name)
{
	struct item wanted = { .name = name };
	const struct item *item = NULL;

	if (directory->count > 0)
		item = bsearch(&wanted, directory->items, directory->count, sizeof(wanted),
			       by_name);
	*found = (struct entry){ .path = found->path };
	if (!item)
		return;
	found->kind = item->kind;
	git_oid_fromraw(id, (const unsigned char *)item->name + strlen(item->name) + 1);
	git_oid_tostr(found->id, sizeof(found->id), id);
}

/* From the root on. */
static int walk(struct snapshot *snapshot, struct entry *found)
{
	struct tree_source *source = snapshot->source;
	const char *at = found->path, *above = ".";
	git_oid id = source->root;

	while (*at) {
		size_t size = strcspn(at, "/");
		const char *name = arena_copy(snapshot->arena, at, size);
		struct directory *directory = NULL;

		if (open_directory(snapshot, &directory, above, &id) < 0)
			return -1;
		find(found, &id, directory, name);
		at += size;
		if (!*at || found->kind == ENTRY_ABSENT || found->kind == ENTRY_SUBMODULE)
			return 0;
		above = arena_copy(snapshot->arena, found->path, (size_t)(at - found->path));
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
	const struct directory *above = NULL;
	git_oid id = source->root;

	*found = (struct entry){ .path = arena_string(snapshot->arena, path) };
	if (strcmp(path, ".") == 0) {
		found->kind = ENTRY_DIRECTORY;
		git_oid_tostr(found->id, sizeof(found->id), &id);
		return 0;
	}
	above = map_get(&source->directories, path_directory(snapshot->arena, path));
	if (!above)
		return walk(snapshot, found);
	find(found, &id, above, path_name(path));
	return 0;
}

static int read_blob(struct snapshot *snapshot, struct arena *arena, struct text *text,
		     const struct entry *entry)
{
	struct tree_source *source = snapshot->source;
	git_oid id;

	if (git_oid_fromstr(&id, entry->id) < 0)
		return fail_git("bad id of '%s'", entry->path);
	if (repository_read(source->trees->repository, arena, text,
			    (struct wanted){ &id, GIT_OBJECT_BLOB, MAX_FILE_SIZE }) < 0)
		return fail_in("'%s'", entry->path);
	return 0;
}

int tree_snapshot(struct snapshot *snapshot, struct arena *arena, struct trees *trees,
		  const git_oid *tree)
{
	struct tree_source *source = arena_new(arena, struct tree_source);
	const struct tree_summary *summary = NULL;

	source->trees = trees;
	source->root = *tree;
	*snapshot = (struct snapshot){
		.arena = arena, .lookup = lookup, .read = read_blob, .source = source
	};
	if (trees_summary(trees, &summary, tree) < 0)
		return -1;
	snapshot->watched = summary->watched;
	snapshot->faults = summary->faults;
	return 0;
}
