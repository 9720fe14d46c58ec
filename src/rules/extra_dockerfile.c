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

static void check(struct pass *pass)
{
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
		      drift_told(pass->arena, *file, kept));
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
