#include "cli/hook_set.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "git/hook_place.h"

static const char *const local_hooks[] = { "pre-commit", "pre-merge-commit", "pre-push", NULL };
static const char *const server_hooks[] = { "pre-receive", NULL };

static const char *words_for(enum hook_change change)
{
	switch (change) {
	case HOOK_INSTALLED:
		return "installed";
	case HOOK_CHAINED:
		return "installed; the hook that was there runs before it";
	case HOOK_REMOVED:
		return "removed";
	case HOOK_RESTORED:
		return "removed; the hook that was there before is back";
	case HOOK_UNCHANGED:
		break;
	}
	return "nothing to do";
}

static int open_for(struct repository *repository, const struct options *options,
		    struct arena *arena)
{
	int absent = repository_open(repository, arena, ".", REPOSITORY_OF_USER);

	if (repository_required(absent) < 0)
		return -1;
	if (!repository->work_dir && !options->server)
		return fail_usage("this repository is bare: '--server' is for it");
	return 0;
}

/* Change every hook and note what became of it. 0, or -1. */
static int change_all(struct buf *out, struct repository *repository, const struct options *options,
		      hook_changer *change)
{
	const char *const *names = options->server ? server_hooks : local_hooks;
	struct hook_plan plan = { .arena = repository->arena };

	if (hook_directory(repository, &plan.directory, options->server) < 0)
		return -1;
	for (; *names; names++) {
		enum hook_change result = HOOK_UNCHANGED;

		if (change(&plan, &result, *names) < 0)
			return -1;
		buf_addf(out, "%s/%s: %s\n", utf8_clean(repository->arena, plan.directory, false),
			 *names, words_for(result));
	}
	return hook_plan_do(&plan);
}

int hook_set_change(struct options *options, struct arena *arena, hook_changer *change)
{
	struct repository repository;
	struct buf out = { 0 };
	int failed = 0;

	if (options->words.count > 0)
		return fail_usage("what is '%s'?", options->words.items[0]);
	failed = open_for(&repository, options, arena);
	if (!failed)
		failed = change_all(&out, &repository, options, change);
	if (!failed && buf_write(&out, STDOUT_FILENO, "standard output") < 0)
		failed = -1;
	buf_release(&out);
	repository_close(&repository);
	return failed ? -1 : STATUS_DONE;
}
