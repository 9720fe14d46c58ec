#ifndef MODEL_INLINE_WAIVER_H
#define MODEL_INLINE_WAIVER_H

#include "model/policy.h"
#include "model/project.h"

/*
 * Waivers inside files, "# onedockerfile: allow RULE reason": on the line above a place, or before
 * the first FROM of a Dockerfile for the whole of it. Begin with the arena and the project set;
 * each text is looked through once.
 */
struct inline_waivers {
	struct arena *arena;
	const struct project *project;
	struct map dockerfiles, others; /* struct waived_file * by text_key(), inline_waiver.c */
};

/* The waiver inside a file for a rule at one of its lines: with rule, path and reason alone, in
 * the arena. NULL: none. */
const struct policy_waiver *inline_waiver_find(struct inline_waivers *waivers,
					       const struct rule *rule, const char *path,
					       unsigned line);

#endif
