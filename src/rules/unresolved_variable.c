#include "rules/places.h"
#include "rules/rules.h"

static void check_build(struct pass *pass, const struct build *build)
{
	struct finding finding = at_build(build, &build->unresolved_place);

	if (!build->unresolved)
		return;
	finding.value = build->unresolved;
	finding.help = "give it a default, as in '${NAME:-value}', or list its values under "
		       "'variables' in the policy";
	found(pass, finding, "service '%s' is not checked: variable '%s' has no value here",
	      build->subject, build->unresolved);
}

static void check_file(struct pass *pass, const struct table *given, const struct dockerfile *file)
{
	vec_each (const struct stage *, stage, &file->stages) {
		struct finding finding = at_stage(file, stage, stage->base_span);

		if (!stage->unresolved ||
		    table_get(given, name_in(pass->arena, file->path, stage->unresolved)))
			continue;
		finding.value = stage->unresolved;
		finding.help = "give it a default, as in 'ARG NAME=value'";
		found(pass, finding,
		      "the base '%s' is not checked: argument '%s' has no value here",
		      stage->base_text ? stage->base_text : "", stage->unresolved);
	}
}

static void check(struct pass *pass)
{
	static char yes[] = "yes";
	struct table given = { 0 };

	vec_each (const struct build *, build, &pass->project->builds) {
		check_build(pass, build);
		if (!build->dockerfile)
			continue;
		vec_each (const struct argument *, argument, &build->arguments)
			if (argument->value)
				table_put(&given, pass->arena,
					  name_in(pass->arena, build->dockerfile, argument->name),
					  yes);
	}
	vec_each (struct dockerfile **, file, &pass->project->dockerfiles)
		if (!is_judged_elsewhere(pass->project, *file))
			check_file(pass, &given, *file);
}

const struct rule rule_unresolved_variable = {
	.id = "unresolved-variable",
	.title = "Variable without value",
	.summary = "a path, base or target depends on a variable that has no value here",
	.level = LEVEL_NOTICE,
	.check = check,
};
