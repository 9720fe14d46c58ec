#ifndef CLI_POLICY_DRAFT_H
#define CLI_POLICY_DRAFT_H

#include "base/buf.h"
#include "cli/proposals.h"
#include "model/report.h"

/* A policy file for a repository that has none yet. */
struct policy_draft {
	const char *today, *expires; /* YYYY-MM-DD */
	const char *owner;           /* of the waivers; NULL: nobody is known */
	const struct report *report; /* what was found */
	struct proposals proposals;
};

/* Write its text: comments for people, and nothing in force that the default does not say but the
 * waivers. */
void policy_draft_write(struct buf *out, const struct policy_draft *draft);

#endif
