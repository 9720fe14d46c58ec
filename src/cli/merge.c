#include "merge/merge.h"

#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/path.h"
#include "base/replace.h"
#include "cli/command.h"
#include "cli/judging.h"
#include "cli/merge_told.h"
#include "cli/policy_source.h"
#include "git/patch.h"

static const struct option options_of_merge[] = {
	OPTION_DIRECTORY,
	OPTION_CONFIG,
	{ '\0', "write", NULL, "change the files; without it only show how", OPTION_FLAG,
	  OPTION_OF(write) },
	{ '\0', "stage", "FILE=NAME", "what the stage of a file is called (repeatable)",
	  OPTION_LIST, OPTION_OF(stages) },
	{ '\0', "only", "FILE", "leave all other variants as they are (repeatable)", OPTION_LIST,
	  OPTION_OF(only) },
	OPTION_HELP,
	OPTION_END,
};

/* What it is to work on. */
struct merging {
	struct judging judging;
	struct merge_options options;
	struct snapshot snapshot;
	struct overlay overlay;
	struct mergeds mergeds;
};

static bool every_file(const char *name)
{
	(void)name;
	return true;
}

/* A word of the command line as a path of the tree. 0, or -1. */
static int tree_path(struct merging *merging, const char **path, const char *word)
{
	struct judging *judging = &merging->judging;
	struct arena *arena = judging->arena;
	const char *root = NULL, *here = NULL, *full = word;

	if (path_real(&root, arena, judging->source.root) <= 0 || path_real(&here, arena, ".") <= 0)
		return fail("cannot tell which directory this is");
	if (word[0] != '/')
		full = arena_printf(arena, "%s/%s", here, word);
	full = path_normalise(arena, "/", full + 1);
	if (full && strcmp(root, "/") != 0 && path_is_within(full, root + 1)) {
		full += strlen(root + 1);
		full += *full == '/';
		*path = *full ? full : ".";
		return 0;
	}
	return fail_usage("'%s' is outside '%s'", word, root);
}

static int read_names(struct merging *merging)
{
	struct arena *arena = merging->judging.arena;
	const struct options *options = merging->judging.options;

	vec_each (const char *const *, text, &options->stages) {
		const char *equals = strrchr(*text, '=');
		struct stage_name *name = NULL;

		if (!equals || equals == *text || !equals[1])
			return fail_usage("'--stage %s': write it as FILE=NAME", *text);
		name = vec_add(arena, &merging->options.names);
		name->name = equals + 1;
		if (tree_path(merging, &name->path,
			      arena_copy(arena, *text, (size_t)(equals - *text))) < 0)
			return -1;
	}
	vec_each (const char *const *, text, &options->only)
		if (tree_path(merging, vec_add(arena, &merging->options.only), *text) < 0)
			return -1;
	return 0;
}

static int read_options(struct merging *merging)
{
	const struct options *options = merging->judging.options;
	const char *word = options->words.count ? options->words.items[0] : ".";

	if (options->words.count > 1)
		return fail_usage("merge one directory at a time");
	merging->options.policy = &merging->judging.policy;
	if (tree_path(merging, &merging->options.directory, word) < 0)
		return -1;
	return read_names(merging);
}

/* A name or a file that nothing was done with is a mistake of the caller. */
static int check_used(const struct merging *merging)
{
	vec_each (const char *const *, only, &merging->options.only)
		if (!told_of(&merging->mergeds, *only))
			return fail_usage("'%s' is no variant of a Dockerfile", *only);
	vec_each (const struct stage_name *, name, &merging->options.names)
		if (!told_of(&merging->mergeds, name->path))
			return fail_usage("'%s' is not among the files that are merged",
					  name->path);
	return 0;
}

static int open_tree(struct merging *merging)
{
	struct judging *judging = &merging->judging;
	struct git_source *source = &judging->source;

	if (source->repository.git && !source->repository.work_dir)
		return fail_usage("there is no work tree here to be changed");
	source->trees.watches = every_file;
	source->root = source->repository.work_dir ? source->repository.work_dir : ".";
	if (history_of_worktree(&judging->history, source, NULL) < 0 ||
	    policy_of_tree(&judging->policy, &judging->history, judging->options, NULL) < 0)
		return -1;
	return judging->history.open(&judging->history, &merging->snapshot, judging->arena,
				     (struct view){ 0 });
}

static int print_patch(struct merging *merging)
{
	struct rewrites rewrites = overlay_rewrites(&merging->overlay, merging->judging.arena);
	struct buf out = { 0 };
	int failed = 0;

	vec_each (const struct rewrite *, rewrite, &rewrites)
		failed = failed ||
			 patch_add(&out, rewrite->path, rewrite->before, rewrite->after) < 0;
	if (!failed)
		failed = buf_write(&out, STDOUT_FILENO, "standard output") < 0;
	buf_release(&out);
	return failed ? -1 : 0;
}

/* What could not be got back is not changed: 1 where there is such a file, or -1. */
static int check_clean(struct merging *merging, const struct rewrites *rewrites)
{
	struct repository *repository = &merging->judging.source.repository;
	int dirty = 0;

	if (!repository->git)
		return 0;
	vec_each (const struct rewrite *, rewrite, rewrites) {
		int clean = patch_is_clean(repository, rewrite->path);

		if (clean < 0)
			return -1;
		if (!clean)
			told_dirty(rewrite->path);
		dirty |= !clean;
	}
	return dirty;
}

static int write_files(struct merging *merging)
{
	struct arena *arena = merging->judging.arena;
	struct rewrites rewrites = overlay_rewrites(&merging->overlay, arena);
	struct replacements replacements = { 0 };
	int dirty = 0;

	if (told_breaks(&merging->mergeds))
		return STATUS_FINDINGS;
	dirty = check_clean(merging, &rewrites);
	if (dirty)
		return dirty < 0 ? -1 : STATUS_FINDINGS;
	vec_each (const struct rewrite *, rewrite, &rewrites)
		*vec_add(arena, &replacements) = (struct replacement){
			.path = arena_printf(arena, "%s/%s", merging->judging.source.root,
					     rewrite->path),
			.bytes = rewrite->after.bytes,
			.length = rewrite->after.length,
		};
	return replace_all(arena, &replacements) < 0 ? -1 : STATUS_DONE;
}

/* A status, or -1. */
static int merge_all(struct merging *merging)
{
	struct judging *judging = &merging->judging;
	int status = STATUS_DONE;

	if (open_tree(merging) < 0 || read_options(merging) < 0)
		return -1;
	merging->overlay.below = &merging->snapshot;
	if (merge(&merging->mergeds, judging->arena, &merging->overlay, &merging->options) < 0 ||
	    check_used(merging) < 0 || merge_tell(&merging->mergeds, judging->options->write) < 0)
		return -1;
	status = judging->options->write ? write_files(merging) : print_patch(merging);
	if (status == STATUS_DONE && told_refusals(&merging->mergeds))
		status = STATUS_FINDINGS;
	return status;
}

static int run(struct options *options, struct arena *arena)
{
	struct merging merging = { 0 };
	int status = -1;

	if (judging_open(&merging.judging, options, arena, REPOSITORY_OF_USER) >= 0)
		status = merge_all(&merging);
	judging_close(&merging.judging);
	return status;
}

const struct command command_merge = {
	.name = "merge",
	.usage = "[--write] [--stage FILE=NAME] [--only FILE] [DIR]",
	.summary = "make several Dockerfiles stages of one, and prove that nothing else changes",
	.options = options_of_merge,
	.run = run,
};
