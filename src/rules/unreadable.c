#include "rules/places.h"
#include "rules/rules.h"

static void check_dockerfile(struct pass *pass, const struct dockerfile *file)
{
	struct finding finding = at_dockerfile(file);

	if (file->too_large) {
		finding.help = "make it smaller, or ignore it in the policy";
		found(pass, finding, "'%s' is not read: %s", file->path, file->opaque);
	} else if (file->error && file->fault != FAULT_STAGE_NAME) {
		if (file->error_span.line)
			finding.span = file->error_span;
		finding.help = "correct it: no stage of the file can be built";
		found(pass, finding, "the builder refuses '%s': %s", file->path, file->error);
	}
}

static void check_inlined(struct pass *pass, const struct build *build)
{
	struct finding finding = at_build(build, &build->dockerfile_place);

	finding.help = "correct it: no stage of it can be built";
	found(pass, finding, "the builder refuses the inline Dockerfile of service '%s': %s",
	      build->subject, build->inlined->error);
}

static void check(struct pass *pass)
{
	vec_each (struct dockerfile **, file, &pass->project->dockerfiles)
		if (!is_judged_elsewhere(pass->project, *file))
			check_dockerfile(pass, *file);
	vec_each (const struct build *, build, &pass->project->builds)
		if (build->inlined && build->inlined->error && !build->unresolved)
			check_inlined(pass, build);
	vec_each (const struct fault *, fault, &pass->project->faults) {
		struct finding finding = { .path = fault->place.path, .span = fault->place.span };

		finding.help =
			fault->help ? fault->help : "correct it: what it builds is not checked";
		found(pass, finding, "%s", fault->message);
	}
}

const struct rule rule_unreadable = {
	.id = "unreadable",
	.title = "Unreadable file",
	.summary = "a Dockerfile or compose file that the builder refuses whole",
	.level = LEVEL_ERROR,
	.check = check,
};
