#include "git/command.h"

#include "base/fail.h"
#include "base/process.h"

#define MAX_ARGUMENTS 16

/* What tells Git of other files than those of the repository. */
static const char *const foreign[] = { "GIT_ALTERNATE_OBJECT_DIRECTORIES",
				       "GIT_COMMON_DIR",
				       "GIT_IMPLICIT_WORK_TREE",
				       "GIT_INDEX_FILE",
				       "GIT_INTERNAL_SUPER_PREFIX",
				       "GIT_NAMESPACE",
				       "GIT_OBJECT_DIRECTORY",
				       "GIT_SHALLOW_FILE",
				       "GIT_WORK_TREE",
				       NULL };

int git_command(struct buf *output, struct repository *repository, const char *const *arguments)
{
	const char *words[MAX_ARGUMENTS + 5] = { "git", "--no-replace-objects", "--git-dir",
						 repository->git_dir };
	struct process process = {
		.directory = repository->work_dir ? repository->work_dir : repository->git_dir,
		.words = words,
		.unset = repository->mode == REPOSITORY_OF_HOOK ? NULL : foreign
	};
	int status = 0;

	for (size_t i = 0; i < MAX_ARGUMENTS && arguments[i]; i++)
		words[4 + i] = arguments[i];
	if (process_run(&status, output, &process) < 0)
		return -1;
	if (status == PROCESS_NOT_RUN)
		return fail("cannot run git: it is not on the PATH");
	return status == 0 ? 0 : fail("'git %s' failed", arguments[0]);
}
