#ifndef MODEL_EXCERPTS_H
#define MODEL_EXCERPTS_H

#include "model/project.h"

#define MAX_EXCERPT_LENGTH 500 /* bytes of a line that is worth showing */

/*
 * Lines of files under review. Where the lines of a text begin is found once, so that a file full
 * of faults costs no more than its length, and many that are the same no more than one. Begin with
 * the arena and the project set.
 */
struct excerpts {
	struct arena *arena;
	const struct project *project;
	struct map by_text; /* struct lines *, excerpts.c */
};

/* A copy of a line of a file that was read; NULL where there is none, or where it is empty, has a
 * NUL byte or is too long to show. Lives in the arena. */
const char *excerpts_line(struct excerpts *excerpts, const char *path, unsigned line);

#endif
