#ifndef MODEL_WAIVER_H
#define MODEL_WAIVER_H

#include "model/policy.h"

/* Is it past the last day that it holds? */
bool waiver_is_expired(const struct policy_waiver *waiver, const char *today);

/* The first waiver of a policy that lets a rule be broken at a path; those that are expired do
 * not. NULL: none. subject may be NULL. */
const struct policy_waiver *waiver_find(const struct policy *policy, const struct rule *rule,
					const char *path, const char *subject);

#endif
