#include "cli/ci_fetch.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/shell.h"

const char *ci_fetch_branch(struct arena *arena, const char *name)
{
	return arena_printf(arena, "+refs/heads/%s:refs/remotes/origin/%s", name, name);
}

int ci_fetch_needed(const struct ci_fetch *fetch, const char *missing)
{
	const char *depth = fetch->wants_history ? " --unshallow" : " --depth=1";
	struct buf line = { 0 };

	/* A clone that has all of its history keeps it so. */
	buf_addf(&line, "git fetch --no-tags%s origin",
		 fetch->repository->shallow.root ? depth : "");
	for (size_t i = 0; fetch->words[i]; i++)
		buf_addf(&line, " %s", shell_word(fetch->repository->arena, fetch->words[i]));
	fail("%s is not in this clone; run: %s", missing, line.text);
	buf_release(&line);
	return -1;
}
