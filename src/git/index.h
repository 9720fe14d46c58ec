#ifndef GIT_INDEX_H
#define GIT_INDEX_H

#include "git/cache_tree.h"
#include "git/index_file.h"
#include "git/repository.h"
#include "model/snapshot.h"

/* What `git commit` would record. */
struct index {
	struct repository *repository;
	struct arena *arena;
	struct index_file file;
	struct cache_node *root; /* of its cache-tree; NULL: none */
};

/*
 * Read the index that Git is working with: GIT_INDEX_FILE where it counts and is set (it must
 * be there then), else the repository's own (which may not be there yet: empty). A form that
 * index_file.h does not read (split and sparse index, other extensions) is asked of `git ls-files`.
 * The file stays mapped; Git never writes into one, but renames a new one over it. 0, or -1.
 */
int index_read(struct index *index, struct arena *arena, struct repository *repository,
	       watcher *watches);

/* The bytes of an index in version 2 with what Git says that the index holds. 0, or -1. */
int index_ask_git(struct text *bytes, struct arena *arena, struct repository *repository);

/* What stands at a path: ENTRY_ABSENT, ..., and the entry of a file, link or submodule in *entry
 * (in the arena; for others its path is NULL). */
enum entry_kind index_find(const struct index *index, struct arena *arena,
			   struct index_entry *entry, const char *path);

enum entry_kind index_entry_kind(const struct index_entry *entry);

/* What a snapshot says of an entry, under that path. */
struct entry index_entry_found(const struct index_entry *entry, const char *path);

/* A snapshot of it. 0, or -1 (a watched file that is unmerged is a failure). */
int index_snapshot(struct snapshot *snapshot, struct arena *arena, struct index *index);

/*
 * A directory, and what the index can say of the tree that another revision has there: where its
 * cache-tree names the same tree, that tree holds just the index's entries. Nothing is known
 * where node is NULL.
 */
struct index_hint {
	const struct index *index;
	struct cache_node *node; /* with its path; "" is the root's */
};

/* Of the root; nothing is known where the index is NULL. */
struct index_hint index_hint(const struct index *index);

/* Of a directory in it. */
struct index_hint index_hint_below(const struct index_hint *hint, struct text name);

/* Is the tree known to hold just what the index has in the directory? */
bool index_hint_is(const struct index_hint *hint, const git_oid *tree);

/* What is watched in the directory: a part of the index's own list. */
struct index_entries index_hint_watched(const struct index_hint *hint);

#endif
