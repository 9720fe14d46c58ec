#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include <stdbool.h>

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

/* Is it the last change that its ref brings, or, where nothing is pushed, the last of all? */
bool changes_is_last(const struct changes *changes, size_t index);

/* A tree as it is shown to readers. */
struct view {
	const char *tree;                  /* hex digits; NULL: the live files */
	const struct strings *directories; /* whose watched files are to be seen; NULL: of all */
};

/* What tells two trees apart. Begin with the first two members set. */
struct difference {
	struct arena *arena;
	const struct trace *trace;
	struct strings directories; /* in which watched files differ, or what is wrong with the
				       directory's own object; some of them several times */
	struct strings paths;       /* of the trace, at which something else stands */
};

/*
 * Everything a run has to judge: parents before children, refs in the order given. The source
 * (folder git, or a test) gives the three functions; all return 0 or -1.
 */
struct history {
	struct changes changes;

	/* A snapshot of what a view shows, its memory in arena. */
	int (*open)(const struct history *history, struct snapshot *snapshot, struct arena *arena,
		    struct view view);

	/* What tells one tree from another. NULL is a tree with nothing in it. */
	int (*differ)(const struct history *history, struct difference *difference, const char *one,
		      const char *other);

	/* The trees of the best common ancestors of two commits. */
	int (*merge_bases)(const struct history *history, struct strings *trees,
			   const struct parent *one, const struct parent *other);

	void *source;
};

#endif
