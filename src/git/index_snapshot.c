#include "base/path.h"
#include "git/handles.h"
#include "git/index.h"

static int unmerged(const char *path)
{
	return fail("'%s' is unmerged in the index; resolve the conflict and 'git add' it", path);
}

static int lookup(struct snapshot *snapshot, struct entry *found, const char *path)
{
	const struct index *index = snapshot->source;
	const struct index_entry *entry = NULL;

	*found = (struct entry){ .path = arena_string(snapshot->arena, path) };
	found->kind = index_find(index, &entry, path);
	if (!entry)
		return 0;
	if (entry->unmerged)
		return unmerged(path);
	git_oid_tostr(found->id, sizeof(found->id), &entry->id);
	return 0;
}

static int read_blob(struct snapshot *snapshot, struct arena *arena, struct text *text,
		     const struct entry *entry)
{
	const struct index *index = snapshot->source;
	git_oid id;

	if (git_oid_fromstr(&id, entry->id) < 0)
		return fail_git("bad id of '%s'", entry->path);
	if (repository_read(index->repository, arena, text,
			    (struct wanted){ &id, GIT_OBJECT_BLOB, MAX_FILE_SIZE }) < 0)
		return fail_in("'%s'", entry->path);
	return 0;
}

int index_snapshot(struct snapshot *snapshot, struct arena *arena, struct index *index,
		   watcher *watches)
{
	*snapshot = (struct snapshot){
		.arena = arena, .lookup = lookup, .read = read_blob, .source = index
	};
	vec_each (const struct index_entry *, entry, &index->entries) {
		struct entry found;

		if (!watches(path_name(entry->path)))
			continue;
		if (lookup(snapshot, &found, entry->path) < 0)
			return -1;
		if (found.kind == ENTRY_FILE || found.kind == ENTRY_LINK)
			*vec_add(arena, &snapshot->watched) = found;
	}
	return 0;
}
