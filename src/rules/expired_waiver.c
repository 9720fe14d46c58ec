#include "base/date.h"
#include "model/waiver.h"
#include "rules/places.h"
#include "rules/rules.h"

static const char *owner(struct arena *arena, const struct policy_waiver *waiver)
{
	if (!waiver->owner)
		return "nobody owns it";
	return arena_printf(arena, "its owner is '%s'", waiver->owner);
}

static void settle(struct pass *pass)
{
	const char *today = pass->policy->today;

	vec_each (const struct policy_waiver *, waiver, &pass->policy->waivers) {
		struct finding finding = at_waiver(pass->arena, waiver, waiver->expires_span);
		long days = 0;

		if (!waiver_is_expired(waiver, today))
			continue;
		days = date_days(waiver->expires, today);
		finding.help = "mend what it waived and take it out, or agree on a later day";
		found(pass, finding, "the waiver of '%s' for '%s' expired %ld day%s ago; %s",
		      waiver->rule->id, waiver->path, days, days == 1 ? "" : "s",
		      owner(pass->arena, waiver));
	}
}

const struct rule rule_expired_waiver = {
	.id = "expired-waiver",
	.title = "Expired waiver",
	.summary = "a waiver of the policy is past its last day",
	.level = LEVEL_ERROR,
	.settle = settle,
};
