#ifndef MERGE_PROOF_H
#define MERGE_PROOF_H

#include "merge/plan.h"

/* An old image and the target that gives it now. */
struct proven {
	const char *path;   /* of the old file */
	const char *target; /* a stage of it; NULL: the last one */
	const char *now;    /* the stage of the merged file */
	bool is_last;       /* and it is what a build without a target gets */
	size_t length;      /* instructions, the same in both */
};

struct provens VEC(struct proven);

/*
 * Read the merged text as any Dockerfile is read, and compare what each target of each old file
 * did with what the new one does. What is not the same is among the plan's refusals. The merged
 * file is read into *merged.
 */
void prove(struct plan *plan, struct provens *provens, struct dockerfile *merged, struct text text);

#endif
