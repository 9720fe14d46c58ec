#include "cli/policy_draft.h"

#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "model/rule.h"
#include "rules/rules.h"
#include "syntax/yaml_quote.h"

#define REASON "to be filled in: why it may stay until then" /* every waiver needs one */

static void write_head(struct buf *out, const struct policy_draft *draft)
{
	const struct summary *summary = &draft->report->summary;

	buf_addf(
		out,
		"# What onedockerfile refuses in this repository. 'onedockerfile init' began it on "
		"%s, when it\n# saw %zu Dockerfile%s and %zu build%s. 'onedockerfile rules' lists "
		"every rule and what is in force.\n"
		"version: 1\n\n"
		"# What is not said here is as in this policy: default, or strict for a repository "
		"that is clean.\n"
		"extends: default\n\n"
		"# Findings of this level and above refuse: error, warning, notice or never.\n"
		"fail-on: error\n\n",
		draft->today, summary->dockerfiles, summary->dockerfiles == 1 ? "" : "s",
		summary->builds, summary->builds == 1 ? "" : "s");
}

static size_t count_of(const struct findings *findings, const struct rule *rule)
{
	size_t count = 0;

	vec_each (const struct finding *, finding, findings)
		count += finding->rule == rule && finding->level < LEVEL_ERROR;
	return count;
}

/* What is found and refuses nothing, each rule with its level: to be raised by who wants it. */
static void write_rules(struct buf *out, const struct policy_draft *draft)
{
	bool any = false;

	buf_add(out, "# A rule is error, warning, notice or off; 'onedockerfile explain RULE' says "
		     "why it is there.\n");
	for (const struct rule *const *rule = rules; *rule; rule++) {
		size_t count = count_of(&draft->report->findings, *rule);

		if (count > 0 && !any)
			buf_add(out, "# These were found and refuse nothing as long as they are "
				     "no errors:\n# rules:\n");
		if (count > 0)
			buf_addf(out, "#   %s: %s  # %zu\n", (*rule)->id,
				 level_name((*rule)->level), count);
		any = any || count > 0;
	}
	buf_add(out, any ? "\n" : "# rules:\n#   unused-stage: error\n\n");
}

/* Variables without a value, by name: what they may be nobody can tell from here. */
static void write_variables(struct buf *out, const struct policy_draft *draft)
{
	struct arena scratch = { 0 };
	struct map known = { 0 };

	buf_add(out, "# Values that variables of compose files take, each of which is checked:\n"
		     "# variables:\n#   BUILD_TARGET: [dev, prod]\n");
	vec_each (const struct finding *, finding, &draft->report->findings) {
		if (finding->rule != &rule_unresolved_variable || !finding->value ||
		    map_get(&known, finding->value))
			continue;
		map_put(&known, &scratch, finding->value, &known);
		buf_addf(out, "#   %s: []  # without a value in '%s'\n",
			 utf8_clean(&scratch, finding->value, false),
			 utf8_clean(&scratch, finding->path, false));
	}
	buf_add(out, "\n");
	arena_release(&scratch);
}

static void write_paths(struct buf *out)
{
	buf_add(out, "# Paths without findings, in place of the default's list, and Dockerfiles "
		     "that are no variants:\n"
		     "# ignore: [\"**/{node_modules,vendor,third_party,testdata,fixtures}/**\", "
		     "\"examples/**\"]\n"
		     "# dockerfiles: [\"images/*/Dockerfile.worker\"]\n\n");
}

static void write_waiver(struct buf *out, const struct policy_draft *draft,
			 const struct proposal *proposal, const char *pattern)
{
	buf_addf(out, "  - rule: %s\n    path: ", proposal->rule->id);
	yaml_quote(out, pattern, 6);
	if (proposal->subject) {
		buf_add(out, "\n    subject: ");
		yaml_quote(out, proposal->subject, 6);
	}
	buf_add(out, "\n    reason: \"" REASON "\"\n    owner: ");
	if (draft->owner)
		yaml_quote(out, draft->owner, 6);
	else
		buf_add(out, "null");
	buf_addf(out, "\n    expires: %s\n", draft->expires);
}

static void write_waivers(struct buf *out, const struct policy_draft *draft)
{
	if (draft->proposals.count == 0) {
		buf_add(out, "# Faults that are let be for a while; nothing here needs it.\n"
			     "waivers: []\n");
		return;
	}
	buf_add(out, "# Faults that were there already, let be for three months: give each its "
		     "reason and its owner.\n"
		     "# The paths name what was there and nothing else. Take out what has been "
		     "mended.\n"
		     "waivers:\n");
	vec_each (struct proposal *const *, proposal, &draft->proposals)
		vec_each (const char **, pattern, &(*proposal)->patterns)
			write_waiver(out, draft, *proposal, *pattern);
}

void policy_draft_write(struct buf *out, const struct policy_draft *draft)
{
	write_head(out, draft);
	write_rules(out, draft);
	write_paths(out);
	write_variables(out, draft);
	write_waivers(out, draft);
}
