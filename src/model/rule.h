#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include "model/excerpts.h"
#include "model/finding.h"
#include "model/inline_waiver.h"
#include "model/policy.h"
#include "model/project.h"
#include "model/variants.h"

/* What a rule is given: a project to read, and where findings go. */
struct pass {
	const struct project *project;
	const struct policy *policy;
	const struct rule *rule;
	struct findings *findings;
	struct arena *arena;             /* for what a rule needs on its way */
	struct arena *keep;              /* findings and their text live here */
	struct excerpts *excerpts;       /* NULL: of no project */
	struct inline_waivers *waivers;  /* NULL: of no project */
	const struct variants *variants; /* as found; NULL: of no project */
	const bool *used;  /* for settle: as the policy's waivers, does it waive something? */
	const char *asked; /* the path that the policy was last asked about, and its answer */
	bool ignored;
	bool failed; /* the world is wrong: nothing found so far counts */
};

struct rule {
	const char *id;      /* stable, kebab-case, named after the fault */
	const char *title;   /* a few words, for annotations */
	const char *summary; /* one sentence for people: what is refused */
	enum level level; /* unless a policy says otherwise; policies/default.yaml says the same */
	const char *option; /* name of the rule's list of words in a policy; NULL: none */
	void (*check)(struct pass *pass);  /* of each tree; NULL: nothing */
	void (*settle)(struct pass *pass); /* once a run, of the policy itself; NULL: nothing */
};

/*
 * Say that the rule of this pass is broken. The rule sets path, span, subject, value, help,
 * dockerfile, stage and suggestion as it knows them; found() copies all text, adds rule, level,
 * excerpt, fingerprint and what waives it, and drops what the policy ignores or switches off.
 */
void found(struct pass *pass, struct finding finding, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* What lets a rule be broken there, of the policy or inside the file; NULL: nothing does. */
const struct policy_waiver *pass_waiver(struct pass *pass, const struct rule *rule,
					const struct finding *finding);

/* What stands at a path of the tree when links are followed. When the world is wrong the pass has
 * failed, and it is ENTRY_OUTSIDE, which no rule finds fault with. */
enum entry_kind pass_find(struct pass *pass, const char *path);

#endif
