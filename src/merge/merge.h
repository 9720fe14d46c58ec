#ifndef MERGE_MERGE_H
#define MERGE_MERGE_H

#include "merge/builds.h"
#include "merge/overlay.h"
#include "merge/proof.h"
#include "merge/references.h"
#include "model/policy.h"

/* The name wanted for what a file builds. */
struct stage_name {
	const char *path, *name;
};

struct merge_options {
	const struct policy *policy;
	const char *directory; /* only what lies there or below; "." is all */
	struct strings only;   /* of the variants only these; none: all */
	struct VEC(struct stage_name) names;
};

/* Some Dockerfiles of one service, and what came of them. */
struct merged {
	const char *kept;         /* path of the file that stays */
	struct strings variants;  /* paths of the others */
	struct refusals refusals; /* none: it is merged */
	struct provens provens;
	struct references references; /* who speaks of a variant, in the tree as it is to be */
};

struct mergeds VEC(struct merged);

/*
 * Make one of the Dockerfiles of each service below a directory: what each file becomes is in the
 * overlay, in which nothing of a service is that cannot be merged. The snapshot below it watches
 * every file. 0, or -1.
 */
int merge(struct mergeds *mergeds, struct arena *arena, struct overlay *overlay,
	  const struct merge_options *options);

#endif
