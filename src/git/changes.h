#ifndef GIT_CHANGES_H
#define GIT_CHANGES_H

#include "git/history.h"

/* For those that make histories: commits become changes with their parents. */

/* An empty history of a source. */
void history_begin(struct history *history, struct git_source *source);

/* Measure a change against a commit too; twice the same counts once. */
void changes_add_parent(struct git_source *source, struct change *change,
			const struct commit *commit);

/* A change without parents. Good until the next one is added. */
struct change *changes_add_commit(struct history *history, struct git_source *source,
				  const struct commit *commit);

/* Every commit of the last walk that tip brings, against its parents. 0, or -1. */
int changes_add_each(struct history *history, struct git_source *source, struct commit *tip,
		     const char *ref);

/* The tip alone, against the parents of the commits it brings that were judged before, or are
 * another tip of the last walk. 0, or -1. */
int changes_add_tip(struct history *history, struct git_source *source, struct commit *tip,
		    const char *ref);

#endif
