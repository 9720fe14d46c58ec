#ifndef GIT_COMMIT_GRAPH_H
#define GIT_COMMIT_GRAPH_H

#include <git2.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

#define MAX_GRAPH_LAYERS 32 /* files of a chain; Git merges them long before */

/* One file, mapped (gitformat-commit-graph(5)). */
struct graph_layer {
	const unsigned char *bytes;
	size_t size;
	const unsigned char *fanout, *ids, *commits, *edges;
	size_t edge_count; /* numbers in edges */
	uint32_t count;    /* of commits */
	uint32_t before;   /* commits in the layers below */
};

/* The headers of commits that Git has put together, so that nobody has to read those objects. */
struct commit_graph {
	struct graph_layer layers[MAX_GRAPH_LAYERS];
	size_t count;
};

/* What it says of a commit. */
struct graph_commit {
	git_oid tree;
	int64_t date;        /* its lowest 34 bits */
	git_oid *parent_ids; /* in the arena */
	size_t parents;
};

/* Open what is in a directory for objects. One that is not there or malformed is an empty one:
 * nothing rests on it. */
void commit_graph_open(struct commit_graph *graph, struct arena *arena, const char *directory);

void commit_graph_close(struct commit_graph *graph);

/* Is a commit in there? found says what it is. */
bool commit_graph_find(const struct commit_graph *graph, struct graph_commit *found,
		       struct arena *arena, const git_oid *id);

#endif
