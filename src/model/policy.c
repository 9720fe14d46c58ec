#include "model/policy.h"

#include <string.h>

#include "base/fail.h"
#include "base/glob.h"
#include "model/embedded.h"
#include "model/rule.h"

int policy_default(struct policy *policy, struct arena *arena, const struct rule *const *rules)
{
	const char *text = embedded("default.yaml");

	if (!text)
		die("policies/default.yaml is not inside the program");
	*policy = (struct policy){ .fail_on = LEVEL_ERROR };
	return policy_read(policy, arena, (struct text){ text, strlen(text) }, "default", rules);
}

const struct rule_setting *policy_setting(const struct policy *policy, const struct rule *rule)
{
	vec_each (const struct rule_setting *, setting, &policy->rules)
		if (setting->rule == rule)
			return setting;
	return NULL;
}

struct rule_setting *policy_set(struct policy *policy, struct arena *arena, const struct rule *rule)
{
	struct rule_setting *setting = NULL;

	vec_each (struct rule_setting *, known, &policy->rules)
		if (known->rule == rule)
			return known;
	setting = vec_add(arena, &policy->rules);
	*setting = (struct rule_setting){ .rule = rule, .level = rule->level };
	return setting;
}

enum level policy_level(const struct policy *policy, const struct rule *rule)
{
	const struct rule_setting *setting = policy_setting(policy, rule);

	return setting ? setting->level : rule->level;
}

const struct strings *policy_words(const struct policy *policy, const struct rule *rule)
{
	static const struct strings none;
	const struct rule_setting *setting = policy_setting(policy, rule);

	return setting ? &setting->words : &none;
}

const char *policy_origin(const struct policy *policy, struct arena *arena, const struct rule *rule)
{
	const struct rule_setting *setting = policy_setting(policy, rule);

	if (!setting || !setting->origin)
		return "built in";
	return setting->line ? arena_printf(arena, "%s:%u", setting->origin, setting->line)
			     : setting->origin;
}

bool policy_ignores(const struct policy *policy, const char *path)
{
	return globs_match(&policy->ignore, path);
}
