#ifndef MERGE_REFERENCES_H
#define MERGE_REFERENCES_H

#include <stdbool.h>

#include "model/project.h"

/* A line of a file that speaks of a Dockerfile which goes away. */
struct reference {
	const char *path;
	unsigned line;
	const char *of; /* the name it says, or the beginning of one that is made up as it runs */
	bool breaks;    /* what it is in may be run; else it is a document, or a list of names */
};

struct references VEC(struct reference);

/*
 * Find who speaks of variants that went away into the kept file, in all files that the snapshot of
 * the tree as it is to be watches. What builds of that tree name is known to be right. 0, or -1.
 */
int references_find(struct references *references, struct arena *arena, const struct project *after,
		    const char *kept, const struct strings *variants);

#endif
