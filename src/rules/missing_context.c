#include "rules/places.h"
#include "rules/rules.h"

static void check(struct pass *pass)
{
	vec_each (const struct build *, build, &pass->project->builds) {
		struct finding finding = at_build(build, &build->context_place);
		enum entry_kind kind = ENTRY_OUTSIDE;

		if (!build->context || build->laid)
			continue;
		kind = pass_find(pass, build->context);
		if (kind != ENTRY_ABSENT && kind != ENTRY_FILE)
			continue;
		finding.value = build->context;
		finding.help = "name a directory of this tree, relative to the file that says it";
		found(pass, finding, "service '%s' is built in '%s', which %s", build->subject,
		      build->context,
		      kind == ENTRY_FILE ? "is no directory" : "is not in this tree");
	}
}

const struct rule rule_missing_context = {
	.id = "missing-context",
	.title = "Missing context",
	.summary = "a build's context directory is not in the tree",
	.level = LEVEL_WARNING,
	.check = check,
};
