#ifndef GIT_TREE_H
#define GIT_TREE_H

#include "git/ids.h"
#include "git/index.h"
#include "git/packs.h"
#include "git/repository.h"
#include "model/history.h"

#define MAX_TREE_ALIKE 8 /* files whose names begin one another that are told from a directory */

/* One entry of a tree object, where it stands. */
struct tree_entry {
	const char *name; /* behind it comes the NUL that ends it there */
	size_t length;
	unsigned mode; /* one of Git's: 040000, 0100644, 0100755, 0100664, 0120000, 0160000 */
	const unsigned char *id;
};

/* Where the reading of a tree object has come to. Zero it, then set text and id, and is_sound where
 * the object is kept. */
struct tree_cursor {
	struct text text;
	const git_oid *id; /* for messages */
	bool *is_sound;    /* all of it was read before; noted at its end */
	size_t at;
	bool padded; /* an entry's mode so far had leading zeros */
	struct tree_entry before;
	/* Files that all entries since then begin with, and the longest without room. */
	struct tree_entry files[MAX_TREE_ALIKE], forgotten;
	size_t file_count;
};

/*
 * The next entry. A tree that Git would not have written (an entry out of order or twice, with a
 * slash, "..", ".git" or no name at all, an unknown mode, a cut end) is a failure that names it, so
 * that nothing can hide in one. Leading zeros of a mode, which old tools wrote, hide nothing and
 * are noted. 1; 0 at the end; or -1.
 */
int tree_next(struct tree_cursor *cursor, struct tree_entry *entry);

enum entry_kind tree_entry_kind(const struct tree_entry *entry);

/* Compare in the order of a tree's entries: by bytes, a directory as if its name ended with a slash
 * (git tree-walk.c base_name_compare). */
int tree_entry_compare(const struct tree_entry *a, const struct tree_entry *b);

/* An entry of a tree object. Its name stands there, between its mode and its id. */
struct tree_item {
	const char *name;
	enum entry_kind kind;
};

/* A tree object as it was read; its items, by name, once somebody asked for them. */
struct tree_object {
	struct id_node node; /* its id */
	struct text text;
	bool is_sound;             /* it was read to its end, as Git would have written it */
	bool is_listed, is_padded; /* its modes have leading zeros */
	struct VEC(struct tree_item) items;
};

struct tree_unfolded;

/*
 * Trees read in a run: the watched files below each, and those objects that are probably asked for
 * again by the next tree or comparison.
 *
 * Where the index is judged against them, it spares reading what it has in common with them. A
 * tree that is not read cannot be said to be malformed; but what the index has, it has as a
 * directory, so that nothing found in the index could be inherited from such a fault.
 */
struct trees {
	struct repository *repository;
	struct arena *arena;
	watcher *watches;
	const struct index *index; /* NULL: trees are judged for themselves */
	struct ids summaries;
	struct ids warmed;   /* more of them, which another thread has made: see trees_warm() */
	bool is_warm;        /* that was tried */
	struct packs *packs; /* of another thread: no other objects are read then; else NULL */
	struct arena kept;
	struct ids objects;              /* struct tree_object, in kept */
	size_t kept_size;                /* bytes of their texts */
	const struct tree_unfolded *all; /* of the tree last asked for with trees_all() */
	size_t count, entry_count;       /* what was read for the tree or comparison at hand */
};

/* A tree object by its id, kept until trees_begin(). 0, or -1. */
int trees_object(struct trees *trees, struct tree_object **object, const git_oid *id);

/* Keep an object that was read, its text lying in kept. */
struct tree_object *trees_keep(struct trees *trees, const git_oid *id, struct text text);

/* Take an object apart: its items. 0, or -1. */
int trees_list(struct trees *trees, struct tree_object *object);

/* The entry of that name; NULL where there is none. 0, or -1. */
int trees_item(struct trees *trees, const struct tree_item **item, struct tree_object *object,
	       const char *name);

/* Begin with another tree or comparison, no snapshot being in use: forget the objects once they are
 * many. */
void trees_begin(struct trees *trees);

/* Count a tree that was read, and its entries. 0, or -1: it was one too many. */
int trees_take(struct trees *trees, const git_oid *tree, size_t entries);

/* Say that a tree lies too deep. Returns -1. */
int trees_too_deep(const git_oid *tree);

void trees_release(struct trees *trees);

struct tree_summary;

/* A file or link that is watched; or a directory with something to say in it or below, and of its
 * entry the path alone then. */
struct tree_part {
	struct entry entry;               /* its path within the tree */
	const struct tree_summary *below; /* NULL: it is no directory */
};

struct tree_parts VEC(struct tree_part);

/* What there is to know of a tree and those below it. Trees that are the same share it. */
struct tree_summary {
	struct id_node node;     /* the tree's id */
	struct tree_parts parts; /* by path bytes */
	bool is_padded;          /* its modes have leading zeros */
	size_t watched, faults;  /* how many trees_unfold() finds */
	size_t paths;            /* bytes of their paths */
	size_t room;             /* bytes of these and their paths, and of all trees below */
	int height;              /* levels of directories below it */
};

/* Is an entry of that name and kind, or this one, a file or link that a reader watches? */
bool trees_watch(const struct trees *trees, const struct tree_entry *entry);
bool trees_watch_name(const struct trees *trees, const char *name, enum entry_kind kind);

/* The summary of a tree that lies so many directories deep, in the run's arena. 0, or -1. */
int trees_summary(struct trees *trees, const struct tree_summary **summary, const git_oid *tree,
		  int depth);

/* All that is watched in a tree and below, by path bytes, and what is wrong with trees. */
struct tree_unfolded {
	const struct tree_summary *summary; /* that was unfolded */
	struct entries watched;
	struct faults faults;
};

/* Unfold a summary, in the arena. 0, or -1: a path is too long. */
int trees_unfold(struct tree_unfolded *unfolded, struct arena *arena,
		 const struct tree_summary *summary);

/* All of a tree, which is no part of another, until the next one is asked for. 0, or -1. */
int trees_all(struct trees *trees, const struct tree_unfolded **all, const git_oid *tree);

/*
 * Make summaries of what is below a tree that lies so deep, with a second thread, where it is worth
 * one: all that they need is packed. Nothing fails here: what cannot be read, or is too much, is
 * left to who asks for it then. False: it was not worth it.
 */
bool trees_warm(struct trees *trees, const git_oid *tree, int depth);

/* What it is called that a tree has modes with leading zeros. */
struct fault trees_fault(struct arena *arena, const char *path, const git_oid *id);

/* What tells one tree from another, NULL being one with nothing in it. Only what differs is read.
 * 0, or -1. */
int trees_differ(struct trees *trees, struct difference *difference, const git_oid *one,
		 const git_oid *other);

/* A snapshot of a tree, its own memory in arena. 0, or -1. */
int tree_snapshot(struct snapshot *snapshot, struct arena *arena, struct trees *trees,
		  struct view view);

#endif
