#include "judge/debts.h"

#include <string.h>

#include "model/waiver.h"
#include "rules/rules.h"

/* Which waivers of the policy let something be, one bool each. */
static const bool *mark_used(struct arena *arena, const struct policy *policy,
			     const struct rulings *rulings)
{
	const struct policy_waivers *waivers = &policy->waivers;
	bool *used = arena_alloc(arena, waivers->count + 1);

	vec_each (const struct ruling *const *, ruling, rulings)
		vec_each (const struct finding *, finding, &(*ruling)->findings)
			if (finding->waiver && finding->waiver->origin)
				used[finding->waiver - waivers->items] = true;
	return used;
}

static void keep_earliest(const struct policy_waiver **kept, const struct policy_waiver *waiver)
{
	if (!*kept || strcmp(waiver->expires, (*kept)->expires) < 0)
		*kept = waiver;
}

void find_debts(struct report *report, struct findings *debts, const struct verdicts *verdicts,
		const struct verdict *last)
{
	const struct policy *policy = verdicts->policy;
	struct rulings rulings = verdict_rulings(last, verdicts->arena);
	const bool *used = mark_used(verdicts->arena, policy, &rulings);

	vec_each (const struct policy_waiver *, waiver, &policy->waivers) {
		if (!waiver->expires)
			continue;
		if (waiver_is_expired(waiver, policy->today))
			keep_earliest(&report->oldest, waiver);
		else if (used[waiver - policy->waivers.items])
			keep_earliest(&report->next, waiver);
	}
	rules_settle(policy, used, verdicts->arena, debts);
}
