#include "rules/places.h"
#include "rules/rules.h"

static void check_file(struct pass *pass, const struct dockerfile *file)
{
	struct map first = { 0 };

	vec_each (struct stage *, stage, &file->stages) {
		const struct stage *known = stage->name ? map_get(&first, stage->name) : NULL;
		struct finding finding = at_stage(file, stage, stage->name_span);

		if (stage->name && !known)
			map_put(&first, pass->arena, stage->name, stage);
		if (!known)
			continue;
		finding.value = stage->name;
		finding.help = "give one of them another name";
		found(pass, finding, "'%s' has two stages named '%s', the first on line %u",
		      file->path, stage->name, known->start_line);
	}
}

static void check(struct pass *pass)
{
	vec_each (struct dockerfile **, file, &pass->project->dockerfiles)
		if (!is_judged_elsewhere(pass->project, *file))
			check_file(pass, *file);
}

const struct rule rule_duplicate_stage = {
	.id = "duplicate-stage",
	.title = "Duplicate stage",
	.summary = "two stages of one Dockerfile have the same name",
	.level = LEVEL_ERROR,
	.check = check,
};
