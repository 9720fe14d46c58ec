#ifndef CLI_PROPOSALS_H
#define CLI_PROPOSALS_H

#include "model/finding.h"

/* A waiver that fits what was found: one rule, one subject, and where. */
struct proposal {
	const struct rule *rule;
	const char *subject;     /* NULL: none */
	struct strings paths;    /* that are at fault now */
	struct strings patterns; /* that match these and no other: each is a waiver */
};

struct proposals VEC(struct proposal *);

/* Findings for which no waiver can be written that would let nothing else through, and why. */
struct unnamed {
	const struct finding *finding;
	const char *reason;
};

struct unnameds VEC(struct unnamed);

/*
 * Waivers for every error among findings, in the order of their rules' names. Who builds a second
 * Dockerfile that is waived needs none of his own. In the arena; what is found has to live as long.
 */
void proposals_make(struct proposals *proposals, struct unnameds *unnameds, struct arena *arena,
		    const struct findings *findings);

/* How many waivers they are. */
size_t proposals_count(const struct proposals *proposals);

#endif
