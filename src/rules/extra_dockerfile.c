#include <stdint.h>
#include <string.h>

#include "base/path.h"
#include "model/drift.h"
#include "rules/places.h"
#include "rules/rules.h"

/* Its name alone says enough where both stand in one directory. */
static const char *short_name(struct pass *pass, const char *path, const char *kept)
{
	bool together =
		strcmp(path_directory(pass->arena, path), path_directory(pass->arena, kept)) == 0;

	return together ? path_name(path) : path;
}

/* How far they have drifted apart: once for all files with the same two texts. */
static const char *drift_between(struct pass *pass, struct map *known, const struct dockerfile *one,
				 const struct dockerfile *other)
{
	char left[TEXT_KEY], right[TEXT_KEY];
	const char *key = NULL, *told = NULL;

	text_key(left, one->text);
	text_key(right, other->text);
	key = arena_printf(pass->arena, "%s-%s", left, right);
	told = map_get(known, key);
	if (!told) {
		told = drift_told(pass->arena, one, other);
		map_put(known, pass->arena, key, (void *)(uintptr_t)told);
	}
	return told;
}

static void check(struct pass *pass)
{
	struct map drifts = { 0 };

	vec_each (struct dockerfile **, file, &pass->project->dockerfiles) {
		const struct dockerfile *kept = variants_kept(pass->variants, (*file)->path);
		struct finding finding = at_dockerfile(*file);

		if (!kept)
			continue;
		finding.help = arena_printf(pass->arena,
					    "make it a stage of '%s' and build it with 'target:'",
					    kept->path);
		found(pass, finding, "'%s' is a second Dockerfile beside '%s'%s",
		      short_name(pass, (*file)->path, kept->path), kept->path,
		      drift_between(pass, &drifts, *file, kept));
	}
}

const struct rule rule_extra_dockerfile = {
	.id = "extra-dockerfile",
	.title = "Extra Dockerfile",
	.summary = "a variant stands beside the Dockerfile of its service",
	.level = LEVEL_ERROR,
	.option = "platforms",
	.check = check,
};
