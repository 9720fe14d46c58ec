#ifndef MERGE_REFERENCES_H
#define MERGE_REFERENCES_H

#include "merge/plan.h"
#include "model/snapshot.h"

/* A line of a file that speaks of a Dockerfile which goes away. */
struct reference {
	const char *path;
	unsigned line;
	const char *of; /* the name it says, or the beginning of one that is made up as it runs */
	bool breaks;    /* what it is in may be run; else it is a document, or a list of names */
};

struct references VEC(struct reference);

/*
 * Find who speaks of the files of a plan that are not kept, in all files that the snapshot watches,
 * less those files themselves. 0, or -1.
 */
int references_find(struct references *references, struct arena *arena, const struct plan *plan,
		    struct snapshot *snapshot);

#endif
