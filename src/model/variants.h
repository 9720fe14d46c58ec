#ifndef MODEL_VARIANTS_H
#define MODEL_VARIANTS_H

#include "model/policy.h"
#include "model/project.h"

/*
 * Which Dockerfiles are variants of which: a service has one Dockerfile, and what stands beside it
 * under another name is a stage that was not made. Begin with the first four members set.
 */
struct variants {
	struct arena *arena;
	const struct project *project;
	const struct policy *policy;     /* its `dockerfiles` are no variants */
	const struct strings *platforms; /* tags that are none: "windows", "arm64" */
	struct table kept;               /* struct dockerfile * by path of its variant */
};

void variants_find(struct variants *variants);

/*
 * Directories that count as one have one of these names in common: the path with a word of
 * environment left out, "docker//" of "docker/dev". No path of a tree looks like that.
 */
void variants_siblings(struct strings *names, struct arena *arena, const char *directory);

/* The Dockerfile that is kept where the one at path is a variant of it; NULL where it is none. */
const struct dockerfile *variants_kept(const struct variants *variants, const char *path);

#endif
