#ifndef JUDGE_RULING_H
#define JUDGE_RULING_H

#include "judge/area.h"
#include "model/finding.h"
#include "model/project.h"

/* How much there is. */
struct totals {
	size_t dockerfiles, builds, watched, findings;
	struct effort effort;
};

/* What one area of a tree holds. */
struct ruling {
	struct area *area;
	struct findings findings; /* in order */
	struct uncheckeds uncheckeds;
	struct totals totals;
};

struct rulings VEC(const struct ruling *);

/* The findings of rulings in order; those, or the list of them, in the arena. */
struct findings rulings_findings(const struct rulings *rulings, struct arena *arena);

/* What could not be judged in them, in order. */
struct uncheckeds rulings_uncheckeds(const struct rulings *rulings, struct arena *arena);

/* Take notice of what the project says that an area's files hold, and of whatever it speaks of.
 * All of it is copied into the arena. */
void ruling_keep(struct ruling *ruling, struct arena *arena, const struct project *project);

void totals_add(struct totals *totals, const struct totals *more);
void totals_take(struct totals *totals, const struct totals *less);

#endif
