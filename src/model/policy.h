#ifndef MODEL_POLICY_H
#define MODEL_POLICY_H

#include <stdbool.h>

#include "base/vec.h"
#include "model/finding.h"

/* What one rule is set to. */
struct rule_setting {
	const struct rule *rule;
	enum level level;
	struct strings words; /* the rule's option, see struct rule */
};

struct rule_settings VEC(struct rule_setting);

/* A variable of compose files and every value it takes. */
struct policy_variable {
	const char *name;
	struct strings values;
};

struct policy_variables VEC(struct policy_variable);

/* How a tree is judged. Patterns are already expanded (base/glob.h). */
struct policy {
	const char *origin; /* the file it comes from, as a report names it */
	enum level fail_on; /* LEVEL_OFF: never */
	struct rule_settings rules;
	struct strings ignore;	    /* paths without findings */
	struct strings dockerfiles; /* paths that are no variants */
	struct strings refs;	    /* refs that a server judges */
	struct policy_variables variables;
	bool tip; /* commits: tip */
};

/*
 * Lay the text of a policy file over a policy; name is for messages. rules is the table of all
 * rules, ended by NULL. 0, or -1 with usage failure "name:line:column: ...".
 */
int policy_read(struct policy *policy, struct arena *arena, struct text text, const char *name,
		const struct rule *const *rules);

/* The policy shipped in policies/default.yaml, with `origin` "default". */
int policy_default(struct policy *policy, struct arena *arena, const struct rule *const *rules);

const struct rule_setting *policy_setting(const struct policy *policy, const struct rule *rule);

bool policy_ignores(const struct policy *policy, const char *path);

#endif
