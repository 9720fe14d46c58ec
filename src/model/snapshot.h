#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

#include <stdbool.h>

#include "base/table.h"
#include "base/vec.h"
#include "model/blobs.h"
#include "model/place.h"
#include "model/trace.h"
#include "syntax/text.h"

/* What can stand at a path of a tree. */
enum entry_kind {
	ENTRY_ABSENT,
	ENTRY_FILE,
	ENTRY_DIRECTORY,
	ENTRY_LINK,      /* only where links are not followed */
	ENTRY_SUBMODULE, /* or a place below one */
	ENTRY_OUTSIDE,   /* a link on the way leaves the tree, or goes in circles */
};

struct entry {
	const char *path;
	enum entry_kind kind;
	char id[41]; /* hex digits of the blob or tree where Git has one, else "" */
};

struct entries VEC(struct entry);

/*
 * The files of one revision, index or directory. A source fills in the members it has to
 * (tree, index, work tree: folder git; memory: tests); everybody else calls the functions below.
 * Paths are as base/path.h describes. Everything it gives out lives as long as its arena.
 */
struct snapshot {
	struct arena *arena;
	struct entries watched; /* files and links whose name a reader watches, by path bytes */
	struct strings closed;  /* directories that may not be looked into */
	struct faults faults;   /* of the tree's own objects: read, but not as Git writes them */

	/* What stands at a path, no link followed (*found is zeroed; path is set). 0, or -1. */
	int (*lookup)(struct snapshot *snapshot, struct entry *found, const char *path);

	/* The bytes of a file, or of a link's target, in that arena; *text has bytes NULL and the
	 * true length where it is longer than MAX_FILE_SIZE, which is asked before it is read. 0,
	 * or -1. */
	int (*read)(struct snapshot *snapshot, struct arena *arena, struct text *text,
		    const struct entry *entry);

	/* Where this thread, or another one, reads its blobs by their ids, beside what is read
	 * here; in the arena. NULL: it has none. */
	struct blob_source *(*open_blobs)(struct snapshot *snapshot, bool is_apart);

	void *source;        /* the source's own */
	struct table texts;  /* what was read, by path */
	struct table found;  /* struct entry *: what was found, by the path asked for */
	struct trace *trace; /* NULL: nobody wants to know */
	struct blobs *blobs; /* NULL: nothing is kept by its id */
};

/* Read a name of the file system: which base names does a reader want to see? */
typedef bool watcher(const char *name);

/* Record that a tree, given by its id or NULL, has more than MAX_WATCHED_FILES. Returns -1. */
int snapshot_too_many(const char *tree);

/* What stands at a path itself, no link followed. 0, or -1. */
int snapshot_lookup(struct snapshot *snapshot, struct entry *found, const char *path);

/*
 * What stands at path when links are followed, at most MAX_LINK_HOPS: never ENTRY_LINK. The
 * entry's path is where the file really is. 0, or -1 when the world is wrong.
 */
int snapshot_find(struct snapshot *snapshot, struct entry *found, const char *path);

/* The bytes of a file found; read once. bytes is NULL where it is too large. 0, or -1. */
int snapshot_read(struct snapshot *snapshot, struct text *text, const struct entry *entry);

/* Where what is read of this entry is kept, by its id; NULL: it is not. */
struct blob *snapshot_blob(const struct snapshot *snapshot, const struct entry *entry);

#endif
