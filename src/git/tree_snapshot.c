#include <string.h>

#include "base/path.h"
#include "git/handles.h"
#include "git/tree.h"

/* A snapshot's own: the trees on the ways that were asked for, by path. */
struct tree_source {
	struct trees *trees;
	git_oid root;
	struct map directories; /* struct text * */
};

/* The bytes of the tree at a path, read once. 0, or -1. */
static int open_directory(struct snapshot *snapshot, struct text **text, const char *path,
			  const git_oid *id)
{
	struct tree_source *source = snapshot->source;

	*text = map_get(&source->directories, path);
	if (*text)
		return 0;
	*text = arena_new(snapshot->arena, struct text);
	if (repository_read(source->trees->repository, snapshot->arena, *text,
			    (struct wanted){ id, GIT_OBJECT_TREE, 0 }) < 0)
		return fail_in("directory '%s'", path);
	map_put(&source->directories, snapshot->arena, path, *text);
	return 0;
}

/* The entry of that name. 1, 0 where there is none, or -1. */
static int find(const struct text *directory, const char *hex, struct tree_entry *entry,
		const char *name, size_t length)
{
	struct tree_cursor cursor = { .text = *directory, .hex = hex };
	int more = 0;

	while ((more = tree_next(&cursor, entry)) > 0)
		if (entry->length == length && memcmp(entry->name, name, length) == 0)
			return 1;
	return more;
}

static void set_entry(struct entry *found, enum entry_kind kind, const git_oid *id)
{
	found->kind = kind;
	git_oid_tostr(found->id, sizeof(found->id), id);
}

static int lookup(struct snapshot *snapshot, struct entry *found, const char *path)
{
	struct tree_source *source = snapshot->source;
	struct tree_entry entry = { 0 };
	git_oid id = source->root;
	const char *at = path;

	*found = (struct entry){ .path = arena_string(snapshot->arena, path) };
	set_entry(found, ENTRY_DIRECTORY, &id);
	if (strcmp(path, ".") == 0)
		return 0;
	while (*at) {
		size_t size = strcspn(at, "/");
		struct text *directory = NULL;
		const char *above =
			at == path ? "."
				   : arena_copy(snapshot->arena, path, (size_t)(at - path) - 1);
		int there = 0;

		if (open_directory(snapshot, &directory, above, &id) < 0)
			return -1;
		there = find(directory, above, &entry, at, size);
		if (there < 0)
			return -1;
		at += size;
		at += *at == '/';
		if (there)
			git_oid_fromraw(&id, entry.id);
		set_entry(found, there ? tree_entry_kind(&entry) : ENTRY_ABSENT, &id);
		if (found->kind == ENTRY_SUBMODULE)
			return 0;
		if (found->kind != ENTRY_DIRECTORY && *at)
			found->kind = ENTRY_ABSENT;
		if (found->kind == ENTRY_ABSENT)
			return 0;
	}
	return 0;
}

static int read_blob(struct snapshot *snapshot, struct text *text, const struct entry *entry)
{
	struct tree_source *source = snapshot->source;
	git_oid id;

	if (git_oid_fromstr(&id, entry->id) < 0)
		return fail_git("bad id of '%s'", entry->path);
	if (repository_read(source->trees->repository, snapshot->arena, text,
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
