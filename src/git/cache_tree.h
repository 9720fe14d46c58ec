#ifndef GIT_CACHE_TREE_H
#define GIT_CACHE_TREE_H

#include <stdbool.h>

#include "base/vec.h"
#include "syntax/text.h"

/*
 * A directory of the index whose tree may have been known when the index was written: a node of
 * the extension TREE (gitformat-index(5)), read when it is asked for. What is not as Git writes it
 * is not there.
 */
struct cache_node {
	struct text name;                /* within the directory above */
	const unsigned char *id;         /* NULL: something in it has changed since */
	size_t entries;                  /* of the index, in it and below */
	size_t count;                    /* of directories in it */
	struct text below;               /* the nodes below it, and all that follows */
	struct cache_nodes *directories; /* by name; NULL: not asked for yet */

	/* What index_hint.c has found out. */
	const char *path;     /* with a slash at its end; NULL: not asked for yet */
	bool is_measured;     /* its entries have been looked for: */
	size_t first, behind; /* by number */
};

struct cache_nodes VEC(struct cache_node);

/* The node of the whole index, from the extension's bytes; NULL where there is none. */
struct cache_node *cache_tree_root(struct arena *arena, struct text bytes);

/* The node of a directory of that name in another; NULL where there is none. */
struct cache_node *cache_tree_child(struct arena *arena, struct cache_node *node, struct text name);

#endif
