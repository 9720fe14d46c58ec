#include <string.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "model/images.h"
#include "rules/places.h"
#include "rules/rules.h"

#define MAX_SOURCE_EDITS 2

static bool looks_like_image(const char *from)
{
	return strpbrk(from, "/:@$") || strspn(from, "+-0123456789") == strlen(from) ||
	       image_is_common(from);
}

/* The stage that was probably meant; something of what was written has to remain. */
static const char *meant(const struct dockerfile *file, const struct stage *user, const char *from)
{
	unsigned least = MAX_SOURCE_EDITS + 1;
	const char *name = NULL;
	size_t compared = 0;

	for (size_t i = 0; i < file->stages.count && compared < MAX_NEAREST_OFFERS; i++) {
		const struct stage *stage = &file->stages.items[i];
		unsigned edits = 0;

		if (!stage->name || stage == user)
			continue;
		compared++;
		edits = edits_between(from, stage->name, MAX_SOURCE_EDITS);
		if (edits < least && edits < strlen(from)) {
			least = edits;
			name = stage->name;
		}
	}
	return name;
}

static void check_stage(struct pass *pass, const struct map *contexts,
			const struct dockerfile *file, const struct stage *stage)
{
	vec_each (const struct stage_source *, source, &stage->sources) {
		struct finding finding = at_stage(file, stage, source->span);

		if (source->stage >= 0 || looks_like_image(source->from) ||
		    map_get(contexts, name_in(pass->arena, file->path, source->from)))
			continue;
		finding.suggestion = meant(file, stage, source->from);
		if (!finding.suggestion)
			continue;
		finding.value = source->from;
		finding.help =
			arena_printf(pass->arena, "did you mean '%s'? write an image with its tag",
				     finding.suggestion);
		found(pass, finding, "%s from '%s', which is no stage of '%s' and so an image",
		      source->is_copy ? "this copies" : "this mounts", source->from, file->path);
	}
}

static void check(struct pass *pass)
{
	static char yes[] = "yes";
	struct map contexts = { 0 };

	vec_each (const struct build *, build, &pass->project->builds)
		vec_each (const char **, name, &build->contexts)
			if (build->dockerfile)
				map_put(&contexts, pass->arena,
					name_in(pass->arena, build->dockerfile, *name), yes);
	vec_each (struct dockerfile **, file, &pass->project->dockerfiles) {
		if (is_judged_elsewhere(pass->project, *file))
			continue;
		vec_each (const struct stage *, stage, &(*file)->stages)
			check_stage(pass, &contexts, *file, stage);
	}
}

const struct rule rule_unknown_source = {
	.id = "unknown-source",
	.title = "Unknown source",
	.summary =
		"files are copied or mounted from a misspelled stage, which is taken for an image",
	.level = LEVEL_WARNING,
	.check = check,
};
