#include "base/path.h"
#include "rules/places.h"
#include "rules/rules.h"

/* The Dockerfile with a default name beside the one that is missing. */
static const char *beside(struct pass *pass, const char *path)
{
	static const char *const names[] = { "Dockerfile", "Containerfile", "dockerfile" };
	const char *directory = path_directory(pass->arena, path);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *other = path_join(pass->arena, directory, names[i]);

		if (project_dockerfile(pass->project, other))
			return other;
	}
	return NULL;
}

static bool is_missing(struct pass *pass, const struct build *build)
{
	enum entry_kind kind = ENTRY_OUTSIDE;

	if (!build->dockerfile || build->laid || build_dockerfile(pass->project, build))
		return false;
	kind = pass_find(pass, build->dockerfile);
	return (kind == ENTRY_ABSENT || kind == ENTRY_DIRECTORY) &&
	       pass_find(pass, build->context) == ENTRY_DIRECTORY;
}

static void check(struct pass *pass)
{
	vec_each (const struct build *, build, &pass->project->builds) {
		struct finding finding = at_build(build, &build->dockerfile_place);

		if (!is_missing(pass, build))
			continue;
		finding.value = finding.dockerfile = build->dockerfile;
		finding.suggestion = beside(pass, build->dockerfile);
		finding.help =
			finding.suggestion
				? arena_printf(pass->arena,
					       "build '%s' and pick the stage with 'target:'",
					       finding.suggestion)
				: "add the file, or name one that is there";
		found(pass, finding, "service '%s' builds '%s', which is not in this tree",
		      build->subject, build->dockerfile);
	}
}

const struct rule rule_missing_dockerfile = {
	.id = "missing-dockerfile",
	.title = "Missing Dockerfile",
	.summary = "a build names a Dockerfile that is not in the tree",
	.level = LEVEL_ERROR,
	.check = check,
};
