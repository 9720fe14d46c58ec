#include "rules/rules.h"

#include <string.h>

#include "base/fail.h"
#include "base/nearest.h"

#define RULE_POINTER(name) &rule_##name,
const struct rule *const rules[] = { RULES(RULE_POINTER) NULL };

const struct rule *rules_find(const char *id)
{
	for (const struct rule *const *rule = rules; *rule; rule++)
		if (strcmp((*rule)->id, id) == 0)
			return *rule;
	return NULL;
}

int rules_get(const struct rule **rule, const char *id)
{
	struct nearest nearest = { .wanted = id };

	*rule = rules_find(id);
	if (*rule)
		return 0;
	for (const struct rule *const *known = rules; *known; known++)
		nearest_offer(&nearest, (*known)->id);
	if (nearest.name)
		return fail_usage("no rule '%s'; did you mean '%s'?", id, nearest.name);
	return fail_usage("no rule '%s'; see 'onedockerfile rules'", id);
}

int rules_check(const struct project *project, const struct policy *policy, struct arena *arena,
		struct findings *findings)
{
	struct excerpts excerpts = { .arena = project->arena, .project = project };
	struct inline_waivers waivers = { .arena = project->arena, .project = project };
	struct variants variants = { .arena = project->arena,
				     .project = project,
				     .policy = policy,
				     .platforms = policy_words(policy, &rule_extra_dockerfile) };
	struct pass pass = { .project = project,
			     .policy = policy,
			     .findings = findings,
			     .arena = project->arena,
			     .keep = arena,
			     .excerpts = &excerpts,
			     .waivers = &waivers,
			     .variants = &variants };

	variants_find(&variants);
	for (const struct rule *const *rule = rules; *rule; rule++) {
		pass.rule = *rule;
		if ((*rule)->check)
			(*rule)->check(&pass);
		if (pass.failed)
			return -1;
	}
	findings_sort(findings);
	return 0;
}

void rules_settle(const struct policy *policy, const bool *used, struct arena *arena,
		  struct findings *findings)
{
	struct pass pass = {
		.policy = policy, .findings = findings, .arena = arena, .keep = arena, .used = used
	};

	for (const struct rule *const *rule = rules; *rule; rule++) {
		pass.rule = *rule;
		if ((*rule)->settle)
			(*rule)->settle(&pass);
	}
	findings_sort(findings);
}
