#ifndef GIT_INDEX_H
#define GIT_INDEX_H

#include "git/repository.h"
#include "model/snapshot.h"

/* What `git commit` would record: one entry of the index. */
struct index_entry {
	const char *path;
	unsigned mode;
	git_oid id;
	bool unmerged; /* a conflict that is not resolved yet */
};

struct index_entries VEC(struct index_entry);

/* An index read whole, by path bytes; entries that are only intended to be added are left out. */
struct index {
	struct repository *repository;
	struct index_entries entries;
};

/*
 * Read the index that Git is working with: GIT_INDEX_FILE where it is set (it must be there
 * then), else the repository's own (which may not be there yet: empty). What libgit2 does not
 * read (split and sparse index, other extensions) is asked of `git ls-files`. 0, or -1.
 */
int index_read(struct index *index, struct arena *arena, struct repository *repository);

/* What stands at a path: ENTRY_ABSENT, ..., and the entry of a file, link or submodule in *entry
 * (NULL for directories). */
enum entry_kind index_find(const struct index *index, const struct index_entry **entry,
			   const char *path);

/* A snapshot of it. 0, or -1 (a watched file that is unmerged is a failure). */
int index_snapshot(struct snapshot *snapshot, struct arena *arena, struct index *index,
		   watcher *watches);

#endif
