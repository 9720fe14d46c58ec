#ifndef GIT_INDEX_FILE_H
#define GIT_INDEX_FILE_H

#include <stdbool.h>

#include "base/vec.h"
#include "model/snapshot.h"
#include "syntax/text.h"

#define MAX_INDEX_PATH 4096 /* bytes of a path that a version 4 index is read for */

/* An entry of an index. The path is not terminated; it is good until the cursor moves on. */
struct index_entry {
	const char *path;
	size_t length;
	size_t number; /* entries before it that are not left out */
	unsigned mode;
	unsigned stage; /* more than 0: a conflict that is not resolved yet */
	const unsigned char *id;
};

/* An entry whose name is watched, its path terminated. */
struct index_entries VEC(struct index_entry);

/* A run of entries: where it begins and ends in the file, and its first path. */
struct index_block {
	size_t start, end;
	size_t number; /* of its first entry */
	const char *path;
	size_t length;
};

struct index_blocks VEC(struct index_block);

/*
 * The bytes of an index (gitformat-index(5)), version 2 to 4, and what one reading found in them.
 * Nothing is copied for entries that nobody watches. Entries that were only announced (git add -N)
 * are left out.
 */
struct index_file {
	struct text bytes;
	unsigned version;
	size_t count;                 /* entries, without those left out */
	struct index_blocks blocks;   /* for look-ups */
	struct index_entries watched; /* files, links and submodules, by path bytes */
	bool is_unmerged;             /* some entry is */
	struct text cache_tree;       /* the extension's bytes; NULL: none */
};

/*
 * Read it once. The bytes must stay as long as the arena. 0; 1 where it is in a form that only Git
 * itself reads; or -1 (cut, malformed), the message without the file's name.
 */
int index_file_read(struct index_file *file, struct arena *arena, struct text bytes,
		    watcher *watches);

/* The first entry whose path is not before the given one, in *entry with its path terminated and
 * in the arena. false where all are before it: then its number is how many there are. */
bool index_file_find(const struct index_file *file, struct arena *arena, struct index_entry *entry,
		     const char *path);

#endif
