#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include "base/vec.h"
#include "model/snapshot.h"

/* A tree that a change is measured against. */
struct parent {
	const char *commit; /* hex digits */
	const char *tree;   /* hex digits */
};

struct parents VEC(struct parent);

/* A tree that is to be judged, and what it inherits from. */
struct change {
	const char *commit; /* hex digits; NULL: the index, the work tree, or a tree by itself */
	const char *ref;    /* the ref that brings it; NULL: no push */
	const char *tree;   /* hex digits; NULL: the live files (index, work tree) */
	struct parents parents; /* none: everything counts */
};

struct changes VEC(struct change);

/*
 * Everything a run has to judge: parents before children, refs in the order given. The source
 * (folder git, or a test) gives the two functions; both return 0 or -1.
 */
struct history {
	struct changes changes;

	/* A snapshot of a tree by its id, NULL: of the live files; its memory in arena. */
	int (*open)(const struct history *history, struct snapshot *snapshot, struct arena *arena,
		    const char *tree);

	/* Could snapshots of two trees be told apart, by what is watched in them and what stands at
	 * the paths of the trace? 1, 0, or -1. */
	int (*differ)(const struct history *history, const char *one, const char *other,
		      const struct trace *trace);

	/* The trees of the best common ancestors of two commits. */
	int (*merge_bases)(const struct history *history, struct strings *trees,
			   const struct parent *one, const struct parent *other);

	void *source;
};

#endif
