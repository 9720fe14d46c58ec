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
	const char *origin;   /* the file that set it, and the line there; NULL: none */
	unsigned line;
};

struct rule_settings VEC(struct rule_setting);

/* A variable of compose files and every value it takes. */
struct policy_variable {
	const char *name;
	struct strings values;
};

struct policy_variables VEC(struct policy_variable);

/* A fault that is let be for a while, and why. */
struct policy_waiver {
	const struct rule *rule;
	const char *path;        /* the pattern as written */
	struct strings patterns; /* of path, expanded */
	const char *subject;     /* NULL: any */
	const char *reason;
	const char *owner;   /* NULL: nobody is named */
	const char *expires; /* YYYY-MM-DD, the last day it holds; NULL: never */
	const char *origin;  /* the file it stands in, and where there */
	struct span path_span, expires_span;
};

struct policy_waivers VEC(struct policy_waiver);

/* Do waivers inside files count? */
enum policy_inline {
	INLINE_UNSAID,
	INLINE_COUNTS,
	INLINE_DENIED
};

/* How a tree is judged. Patterns are already expanded (base/glob.h). */
struct policy {
	const char *origin; /* the file it comes from, as a report names it */
	const char *place;  /* whose file of the repository counts: "HEAD"; NULL: none does */
	const char *tree;   /* the same by its id; NULL: the live files; "": nothing is there */
	const char *today;  /* YYYY-MM-DD; NULL: no waiver expires */
	enum level fail_on; /* LEVEL_OFF: never */
	struct rule_settings rules;
	struct strings ignore;      /* paths without findings */
	struct strings dockerfiles; /* paths that are no variants */
	struct strings refs;        /* refs that a server judges */
	struct policy_variables variables;
	struct policy_waivers waivers;
	enum policy_inline inline_waivers;
	bool dated;      /* every waiver has to expire */
	bool tip;        /* commits: tip */
	bool for_server; /* set by who reads a server's file: it may extend the repository's */
	bool extends_repository; /* lay it over the policy of the repository's HEAD */
};

/*
 * Lay the text of a policy file over a policy; name is for messages. rules is the table of all
 * rules, ended by NULL. 0, or -1 with usage failure "name:line:column: ...".
 */
int policy_read(struct policy *policy, struct arena *arena, struct text text, const char *name,
		const struct rule *const *rules);

/* The policy shipped in policies/default.yaml, with `origin` "default". */
int policy_default(struct policy *policy, struct arena *arena, const struct rule *const *rules);

/* What a rule is set to; NULL where the policy does not name it. */
const struct rule_setting *policy_setting(const struct policy *policy, const struct rule *rule);

/* The same to be changed: where the policy does not name the rule yet, it does now. */
struct rule_setting *policy_set(struct policy *policy, struct arena *arena,
				const struct rule *rule);

/* The level of a rule, and the words of its option (none: an empty list). */
enum level policy_level(const struct policy *policy, const struct rule *rule);
const struct strings *policy_words(const struct policy *policy, const struct rule *rule);

/* Which file, and which line of it, set a rule to its level: "strict:10". In the arena. */
const char *policy_origin(const struct policy *policy, struct arena *arena,
			  const struct rule *rule);

bool policy_ignores(const struct policy *policy, const char *path);

#endif
