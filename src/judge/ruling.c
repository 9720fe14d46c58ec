#include "judge/ruling.h"

struct findings rulings_findings(const struct rulings *rulings, struct arena *arena)
{
	struct findings findings = { 0 };

	if (rulings->count == 1)
		return rulings->items[0]->findings;
	vec_each (const struct ruling *const *, ruling, rulings)
		vec_each (const struct finding *, finding, &(*ruling)->findings)
			*vec_add(arena, &findings) = *finding;
	findings_sort(&findings);
	return findings;
}

struct uncheckeds rulings_uncheckeds(const struct rulings *rulings, struct arena *arena)
{
	struct uncheckeds uncheckeds = { 0 };

	vec_each (const struct ruling *const *, ruling, rulings)
		vec_each (const struct unchecked *, unchecked, &(*ruling)->uncheckeds)
			*vec_add(arena, &uncheckeds) = *unchecked;
	uncheckeds_sort(&uncheckeds);
	return uncheckeds;
}

void ruling_keep(struct ruling *ruling, struct arena *arena, const struct project *project)
{
	vec_each (const struct unchecked *, unchecked, &project->uncheckeds)
		*vec_add(arena, &ruling->uncheckeds) =
			(struct unchecked){ arena_string(arena, unchecked->path), unchecked->line,
					    arena_string(arena, unchecked->reason) };
	ruling->totals = (struct totals){ .dockerfiles = project->dockerfiles.count,
					  .builds = project->builds.count,
					  .watched = project->snapshot->watched.count,
					  .findings = ruling->findings.count,
					  .effort = project->effort };
}

void totals_add(struct totals *totals, const struct totals *more)
{
	totals->dockerfiles += more->dockerfiles;
	totals->builds += more->builds;
	totals->watched += more->watched;
	totals->findings += more->findings;
	totals->effort.variants += more->effort.variants;
	totals->effort.matches += more->effort.matches;
	totals->effort.read += more->effort.read;
}

void totals_take(struct totals *totals, const struct totals *less)
{
	totals->dockerfiles -= less->dockerfiles;
	totals->builds -= less->builds;
	totals->watched -= less->watched;
	totals->findings -= less->findings;
	totals->effort.variants -= less->effort.variants;
	totals->effort.matches -= less->effort.matches;
	totals->effort.read -= less->effort.read;
}
