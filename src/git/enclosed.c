#include "git/enclosed.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "git/handles.h"

DEFINE_OWNED(git_repository, git_repository_free);
DEFINE_OWNED(git_index, git_index_free);

/* Does the repository around it track its HEAD? 1, 0 or -1. */
static int is_tracked(struct arena *arena, git_repository *around, const char *git_dir)
{
	OWNED(git_index) *index = NULL;
	const char *root = git_repository_workdir(around);

	if (!root || strncmp(git_dir, root, strlen(root)) != 0)
		return 0;
	if (git_repository_index(&index, around) < 0)
		return fail_git("cannot read the index of '%s'", root);
	return git_index_get_bypath(index, arena_printf(arena, "%s/HEAD", git_dir + strlen(root)),
				    0) != NULL;
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
