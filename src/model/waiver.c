#include "model/waiver.h"

#include <string.h>

#include "base/glob.h"

bool waiver_is_expired(const struct policy_waiver *waiver, const char *today)
{
	return waiver->expires && today && strcmp(waiver->expires, today) < 0;
}

const struct policy_waiver *waiver_find(const struct policy *policy, const struct rule *rule,
					const char *path, const char *subject)
{
	vec_each (const struct policy_waiver *, waiver, &policy->waivers) {
		if (waiver->rule != rule || waiver_is_expired(waiver, policy->today))
			continue;
		if (waiver->subject && (!subject || strcmp(waiver->subject, subject) != 0))
			continue;
		if (globs_match(&waiver->patterns, path))
			return waiver;
	}
	return NULL;
}
