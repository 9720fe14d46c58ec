#include "base/fail.h"
#include "base/path.h"
#include "git/index.h"
#include "git/packed_blobs.h"

static int check_merged(const struct index_entry *entry, const char *path)
{
	if (entry->stage == 0)
		return 0;
	return fail("'%s' is unmerged in the index; resolve the conflict and 'git add' it", path);
}

static int lookup(struct snapshot *snapshot, struct entry *found, const char *path)
{
	struct index_entry entry;
	enum entry_kind kind = index_find(snapshot->source, snapshot->arena, &entry, path);

	path = arena_string(snapshot->arena, path);
	*found = (struct entry){ .path = path, .kind = kind };
	if (!entry.path)
		return 0;
	*found = index_entry_found(&entry, path);
	return check_merged(&entry, path);
}

static int read_blob(struct snapshot *snapshot, struct arena *arena, struct text *text,
		     const struct entry *entry)
{
	const struct index *index = snapshot->source;

	return repository_file(index->repository, arena, text, entry);
}

static struct blob_source *open_blobs(struct snapshot *snapshot, bool is_apart)
{
	const struct index *index = snapshot->source;

	return packed_blobs(snapshot->arena, index->repository->packs, is_apart);
}

int index_snapshot(struct snapshot *snapshot, struct arena *arena, struct index *index)
{
	*snapshot = (struct snapshot){
		.arena = arena,
		.lookup = lookup,
		.read = read_blob,
		.open_blobs = open_blobs,
		.source = index,
	};
	vec_each (const struct index_entry *, entry, &index->file.watched) {
		struct entry found = index_entry_found(entry, entry->path);

		if (check_merged(entry, entry->path) < 0)
			return -1;
		if (found.kind != ENTRY_SUBMODULE)
			*vec_add(arena, &snapshot->watched) = found;
	}
	return 0;
}
