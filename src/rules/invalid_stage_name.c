#include "rules/places.h"
#include "rules/rules.h"

static void check(struct pass *pass)
{
	vec_each (struct dockerfile **, at, &pass->project->dockerfiles) {
		const struct dockerfile *file = *at;
		struct finding finding = at_dockerfile(file);

		if (file->fault != FAULT_STAGE_NAME || is_judged_elsewhere(pass->project, file))
			continue;
		if (file->error_span.line)
			finding.span = file->error_span;
		finding.subject = finding.value = finding.stage = file->fault_value;
		finding.help =
			"begin the name with a letter, end it with a letter or a digit, and put "
			"single '-', '_' and '.' only between them";
		found(pass, finding, "'%s' names a stage '%s', which the builder refuses",
		      file->path, file->fault_value);
	}
}

const struct rule rule_invalid_stage_name = {
	.id = "invalid-stage-name",
	.title = "Invalid stage name",
	.summary = "a stage has a name that the builder refuses",
	.level = LEVEL_ERROR,
	.check = check,
};
