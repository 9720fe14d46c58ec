#include "rules/places.h"
#include "rules/rules.h"

/* Of two stages with one name its map has the last. */
static bool has_duplicates(const struct dockerfile *file)
{
	size_t named = 0;

	vec_each (const struct stage *, stage, &file->stages)
		named += stage->name != NULL;
	return file->by_name.count < named;
}

static void check_file(struct pass *pass, const struct dockerfile *file)
{
	struct map first = { 0 };

	vec_each (struct stage *, stage, &file->stages) {
		const struct stage *known = stage->name ? map_get(&first, stage->name) : NULL;
		struct finding finding;

		if (stage->name && !known)
			map_put(&first, pass->arena, stage->name, stage);
		if (!known)
			continue;
		finding = at_stage(file, stage, stage->name_span);
		finding.value = stage->name;
		finding.help = "give one of them another name";
		found(pass, finding, "'%s' has two stages named '%s', the first on line %u",
		      file->path, stage->name, known->start_line);
	}
}

static void check(struct pass *pass)
{
	vec_each (struct dockerfile **, file, &pass->project->dockerfiles)
		if (has_duplicates(*file) && !is_judged_elsewhere(pass->project, *file))
			check_file(pass, *file);
}

const struct rule rule_duplicate_stage = {
	.id = "duplicate-stage",
	.title = "Duplicate stage",
	.summary = "two stages of one Dockerfile have the same name",
	.level = LEVEL_ERROR,
	.check = check,
};
