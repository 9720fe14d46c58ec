#include "base/glob.h"
#include "base/path.h"
#include "model/environment.h"
#include "model/names.h"
#include "rules/places.h"
#include "rules/rules.h"

/* The Dockerfiles of a directory: how many, and the first. */
struct holding {
	const struct dockerfile *file;
	size_t count;
};

static bool has_environment(struct arena *arena, const char *path)
{
	struct strings tags = { 0 };

	name_tags(&tags, arena, path_name(path));
	vec_each (const char **, tag, &tags)
		if (is_environment_word(*tag))
			return true;
	return false;
}

static void check_directory(struct pass *pass, const char *directory, const struct dockerfile *file)
{
	struct finding finding = at_dockerfile(file);

	if (!has_environment(pass->arena, file->path) ||
	    globs_match(&pass->policy->dockerfiles, file->path))
		return;
	finding.suggestion = path_join(pass->arena, directory, "Dockerfile");
	finding.help = arena_printf(pass->arena, "rename it to '%s', where every tool looks for it",
				    finding.suggestion);
	found(pass, finding, "'%s' is the only Dockerfile of its directory, yet named as a variant",
	      file->path);
}

static void check(struct pass *pass)
{
	struct table directories = { 0 };

	vec_each (struct dockerfile **, file, &pass->project->dockerfiles) {
		const char *directory = path_directory(pass->arena, (*file)->path);
		struct holding *holding = table_get(&directories, directory);

		if (name_kind(path_name((*file)->path)) != NAME_DOCKERFILE)
			continue;
		if (!holding) {
			holding = arena_new(pass->arena, struct holding);
			holding->file = *file;
			table_put(&directories, pass->arena, directory, holding);
		}
		holding->count++;
	}
	vec_each (struct dockerfile **, file, &pass->project->dockerfiles) {
		const char *directory = path_directory(pass->arena, (*file)->path);
		const struct holding *holding = table_get(&directories, directory);

		if (holding && holding->file == *file && holding->count == 1)
			check_directory(pass, directory, *file);
	}
}

const struct rule rule_misnamed_dockerfile = {
	.id = "misnamed-dockerfile",
	.title = "Misnamed Dockerfile",
	.summary = "a directory's only Dockerfile has a word of environment in its name",
	.level = LEVEL_NOTICE,
	.check = check,
};
