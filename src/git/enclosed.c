#include "git/enclosed.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "git/handles.h"
#include "git/index.h"

DEFINE_OWNED(git_repository, git_repository_free);

static bool watch_nothing(const char *name)
{
	(void)name;
	return false;
}

/* Does the repository around it track its HEAD? 1, 0 or -1. */
static int is_tracked(struct arena *arena, git_repository *around, const char *git_dir)
{
	const char *root = git_repository_workdir(around);
	struct repository repository = { .arena = arena,
					 .mode = REPOSITORY_ALONE,
					 .git = around,
					 .git_dir = git_repository_path(around),
					 .work_dir = root };
	struct index index = { 0 };
	struct index_entry entry;

	if (!root || strncmp(git_dir, root, strlen(root)) != 0)
		return 0;
	if (index_read(&index, arena, &repository, watch_nothing) < 0)
		return fail_in("the repository in '%s'", root);
	return index_find(&index, arena, &entry,
			  arena_printf(arena, "%s/HEAD", git_dir + strlen(root))) == ENTRY_FILE;
}

int enclosed_check(struct arena *arena, git_repository *found, const char *directory)
{
	OWNED(git_repository) *around = NULL;
	const char *git_dir = NULL, *here = NULL;
	int error = 0, tracked = 0;

	if (path_real(&git_dir, arena, git_repository_path(found)) <= 0 ||
	    path_real(&here, arena, directory) <= 0)
		return fail("cannot tell which directory this is");
	if (!path_is_within(here, git_dir))
		return 0;
	error = git_repository_open_ext(&around, path_directory(arena, git_dir), 0,
					getenv("GIT_CEILING_DIRECTORIES"));
	if (error == GIT_ENOTFOUND)
		return 0;
	if (error < 0)
		return fail_git("cannot open the repository around '%s'", git_dir);
	tracked = is_tracked(arena, around, git_dir);
	return tracked <= 0 ? tracked
			    : fail("'%s' is one of the files of the repository in '%s'; start "
				   "outside it",
				   git_dir, git_repository_workdir(around));
}
