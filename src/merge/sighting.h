#ifndef MERGE_SIGHTING_H
#define MERGE_SIGHTING_H

#include "model/snapshot.h"

/* What to look for. */
struct wanted {
	enum wanted_kind {
		WANT_NAME,      /* the file, with some or all of its directories before it */
		WANT_DIRECTORY, /* where it is found without being named */
		WANT_BEGINNING, /* "Dockerfile." where the rest is made up as it runs */
		WANT_END,       /* ".Dockerfile" or "/Dockerfile" where the beginning is */
	} kind;
	const char *text;
	const char *path; /* of the variant */
};

/* What is looked for, and in which tree. */
struct sought {
	struct arena *arena;
	struct snapshot *snapshot;
	const char *kept; /* the file into which the others went */
	struct VEC(struct wanted) wanted;
};

/* A line, and what was found in it. */
struct sighting {
	const char *path; /* of the file */
	struct text line;
	size_t start, end;
};

/* Is what was found the variant, as far as a line can tell? 0, 1, or -1. */
int sighting_is_meant(struct sought *sought, const struct sighting *seen,
		      const struct wanted *wanted);

#endif
