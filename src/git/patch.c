#include "git/patch.h"

#include "git/handles.h"

DEFINE_OWNED(git_patch, git_patch_free);

int patch_add(struct buf *out, const char *path, struct text before, struct text after)
{
	OWNED(git_patch) *patch = NULL;
	git_buf text = { 0 };
	int failed = 0;

	failed = git_patch_from_buffers(&patch, before.bytes, before.length,
					before.bytes ? path : NULL, after.bytes, after.length,
					after.bytes ? path : NULL, NULL) < 0 ||
		 git_patch_to_buf(&text, patch) < 0;
	if (failed)
		return fail_git("cannot show the change of '%s'", path);
	buf_addn(out, text.ptr, text.size);
	git_buf_dispose(&text);
	return 0;
}

int patch_is_clean(struct repository *repository, const char *path)
{
	unsigned flags = 0;

	if (git_status_file(&flags, repository->git, path) < 0)
		return fail_git("cannot tell whether '%s' is committed", path);
	/* It was read as a file a moment ago. The library takes what it cannot look at for deleted,
	 * or for no file. */
	if (flags & (GIT_STATUS_WT_DELETED | GIT_STATUS_WT_TYPECHANGE))
		return fail("cannot tell whether '%s' is committed: it cannot be looked at, or "
			    "Git has no file there",
			    path);
	return flags == GIT_STATUS_CURRENT;
}
