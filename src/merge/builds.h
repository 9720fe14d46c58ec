#ifndef MERGE_BUILDS_H
#define MERGE_BUILDS_H

#include "merge/overlay.h"
#include "merge/plan.h"

/* How builds are rewritten, each time less sparingly: begin with zeros. */
struct rewriting_mode {
	bool is_explicit;    /* each goes on to say which Dockerfile: another may be inherited */
	struct map inherits; /* "subject, files" of builds that turned out to inherit a target */
};

/*
 * Let whoever builds an old file build the merged one: each compose file by the smallest edit of
 * its text, put into the overlay. What cannot be rewritten is among the plan's refusals.
 */
void builds_rewrite(struct plan *plan, const struct project *project, struct overlay *overlay,
		    const struct rewriting_mode *mode);

/* A build by its service and files, whatever it builds. */
const char *build_key(struct arena *arena, const struct build *build);

#endif
