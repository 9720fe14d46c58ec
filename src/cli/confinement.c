#include "cli/confinement.h"

#include "cli/policy_source.h"
#include "guard/confine.h"

/* What of a Git directory, and of one of objects, may be a link to elsewhere, so that repositories
 * can share it (git-new-workdir), or lie on another disk. */
static const char *const linked[] = { "HEAD",         "config",      "info",
				      "logs",         "objects",     "objects/info",
				      "objects/pack", "packed-refs", "refs",
				      "shallow",      NULL };
static const char *const linked_objects[] = { "info", "pack", NULL };

static void add(struct strings *paths, struct arena *arena, const char *directory,
		const char *const *names)
{
	*vec_add(arena, paths) = directory;
	for (; *names; names++)
		*vec_add(arena, paths) = arena_printf(arena, "%s/%s", directory, *names);
}

int judging_confine(struct judging *judging)
{
	const struct repository *repository = &judging->source.repository;
	struct arena *arena = judging->arena;
	struct strings paths = { 0 };
	const char *policy = NULL, *words = NULL;

	add(&paths, arena, repository->git_dir, linked);
	add(&paths, arena, repository->common_dir, linked);
	vec_each (const char *const *, directory, repository->object_directories)
		add(&paths, arena, *directory, linked_objects);
	if (policy_server_file(&policy, &judging->source, judging->options) < 0)
		return -1;
	*vec_add(arena, &paths) = policy;
	if (confine(&words, arena, &paths) < 0)
		return -1;
	return judging_say(judging, "confined", words);
}
