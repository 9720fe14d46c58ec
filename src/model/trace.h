#ifndef MODEL_TRACE_H
#define MODEL_TRACE_H

#include <stdbool.h>

#include "base/table.h"
#include "base/vec.h"

#define MAX_VIEWERS 64 /* of one path, told apart */

/* Who has asked about a path. */
struct views {
	struct VEC(void *) viewers;
	bool by_all; /* more than MAX_VIEWERS: whoever there is */
};

/*
 * Every path that was asked about in the snapshots of a run, whether something was found there or
 * not, and the directories above it. What is the same in another tree at the paths that somebody
 * asked about, and in the watched files that he was shown, he cannot tell from this one.
 */
struct trace {
	struct arena *arena;
	struct table paths; /* struct views *; nobody asked for what only stands above another */
	void *viewer;       /* who asks now */
};

/* Somebody asks about a path. */
void trace_note(struct trace *trace, const char *path);

/* Who has asked about it or something below it; NULL: nobody. */
const struct views *trace_views(const struct trace *trace, const char *path);

#endif
