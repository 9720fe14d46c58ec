#include "model/waiver.h"
#include "rules/places.h"
#include "rules/rules.h"

static void settle(struct pass *pass)
{
	const struct policy_waivers *waivers = &pass->policy->waivers;

	for (size_t i = 0; i < waivers->count; i++) {
		const struct policy_waiver *waiver = &waivers->items[i];
		struct finding finding = at_waiver(pass->arena, waiver, waiver->path_span);

		if (pass->used[i] || waiver_is_expired(waiver, pass->policy->today))
			continue;
		finding.help = "take it out: the next fault there would be waived unseen";
		found(pass, finding, "the waiver of '%s' for '%s' waives nothing", waiver->rule->id,
		      waiver->path);
	}
}

const struct rule rule_unused_waiver = {
	.id = "unused-waiver",
	.title = "Unused waiver",
	.summary = "a waiver of the policy waives nothing",
	.level = LEVEL_WARNING,
	.settle = settle,
};
