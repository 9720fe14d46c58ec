#ifndef MERGE_NOTES_H
#define MERGE_NOTES_H

#include "merge/plan.h"

/* Comments of instructions that are not written, since another file has the same: they go where
 * that one is written. */
struct notes {
	struct arena *arena;
	struct VEC(struct note {
		const struct instruction *at; /* above which they stand */
		struct text line;             /* without its line end */
	}) lines;
};

/* What no part of the plan writes. */
void notes_find(struct notes *notes, const struct plan *plan);

/* What stands between the instruction before and this one: comments and blank lines. */
struct text lead_of(const struct recipe *recipe, size_t index);

/* What stands behind the last instruction. */
struct text tail_of(const struct recipe *recipe);

#endif
