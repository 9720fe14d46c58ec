#ifndef RULES_RULES_H
#define RULES_RULES_H

#include "model/rule.h"

/*
 * Every rule. A new one is a file with one `const struct rule rule_<name>`, one line here and a
 * page policies/rules/<id>.md.
 */
#define RULES(RULE)                                                                                \
	RULE(development_last)                                                                     \
	RULE(duplicate_stage)                                                                      \
	RULE(expired_waiver)                                                                       \
	RULE(extra_dockerfile)                                                                     \
	RULE(invalid_stage_name)                                                                   \
	RULE(misnamed_dockerfile)                                                                  \
	RULE(missing_context)                                                                      \
	RULE(missing_dockerfile)                                                                   \
	RULE(missing_target)                                                                       \
	RULE(unknown_source)                                                                       \
	RULE(unknown_stage)                                                                        \
	RULE(unreadable)                                                                           \
	RULE(unresolved_variable)                                                                  \
	RULE(unused_stage)                                                                         \
	RULE(unused_waiver)                                                                        \
	RULE(variant_reference)

#define RULE_DECLARE(name) extern const struct rule rule_##name;
RULES(RULE_DECLARE)

/* The same as a table, ended by NULL. */
extern const struct rule *const rules[];

/* The rule of that id; NULL where there is none. */
const struct rule *rules_find(const char *id);

/* The same, and a usage failure that proposes the nearest id where there is none. 0, or -1. */
int rules_get(const struct rule **rule, const char *id);

/* Add what every rule finds, sorted; they live in the arena, what is
 * needed on the way in the project's. 0, or -1 when the world is wrong. */
int rules_check(const struct project *project, const struct policy *policy, struct arena *arena,
		struct findings *findings);

/* Add what rules find in the policy itself, sorted: of each of its waivers, is it used? */
void rules_settle(const struct policy *policy, const bool *used, struct arena *arena,
		  struct findings *findings);

#endif
