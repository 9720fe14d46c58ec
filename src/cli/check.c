#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/path.h"
#include "cli/ci_base.h"
#include "cli/command.h"
#include "cli/judging.h"
#include "cli/outputs.h"
#include "cli/policy_source.h"

static const struct option options_of_check[] = {
	OPTION_DIRECTORY,
	OPTION_STAGED,
	OPTION_REV,
	{ '\0', "range", "A..B", "each commit reachable from B and not from A", OPTION_TEXT,
	  OPTION_OF(range) },
	{ '\0', "ci", NULL, "HEAD, measured against what the CI event at hand names", OPTION_FLAG,
	  OPTION_OF(ci) },
	{ '\0', "base", "REV", "count only what REV does not have yet (work tree, --rev)",
	  OPTION_TEXT, OPTION_OF(base) },
	OPTIONS_OF_JUDGING,
	OPTION_HELP,
	OPTION_END,
};

/* A variable without value in a script is no revision. */
static int check_revision(const char *option, const char *revision)
{
	return revision && !*revision ? fail_usage("'%s' names nothing: it is empty", option) : 0;
}

static int check_usage(const struct options *options)
{
	int sources = options->staged + !!options->rev + !!options->range + options->ci;

	if (sources > 1)
		return fail_usage(
			"only one of --staged, --rev, --range and --ci can be judged at a time");
	if (options->base && (options->staged || options->range || options->ci))
		return fail_usage(
			"--base goes with the work tree and --rev; the others have their own");
	if (check_revision("--rev", options->rev) < 0 ||
	    check_revision("--base", options->base) < 0)
		return -1;
	return check_revision("--range", options->range);
}

/* A word of the command line as a path from the root of what is judged. In the work tree it has to
 * be there, and links are followed; elsewhere it may have been there once. */
static int add_path(struct judging *judging, const char *root, const char *here, const char *word)
{
	bool is_live = strcmp(judging->source_name, "worktree") == 0;
	const char *path = word;
	const char *normal = NULL;
	int found = is_live ? path_real(&path, judging->arena, word) : 1;

	if (found < 0)
		return -1;
	if (found == 0)
		return fail_usage("there is no '%s' to judge", word);
	if (path[0] == '/') {
		if (!path_is_within(path, root))
			return fail_usage("'%s' is outside '%s'", word, root);
		path += strcmp(root, "/") == 0 ? 0 : strlen(root);
		path += strspn(path, "/");
		here = ".";
	}
	normal = path_normalise(judging->arena, here, path);
	if (!normal)
		return fail_usage("'%s' is outside '%s'", word, root);
	*vec_add(judging->arena, &judging->paths) = normal;
	return 0;
}

/* Does anything stand at a path of a tree (NULL: the live files)? 1 or 0, or -1. */
static int is_in(struct judging *judging, const char *tree, const char *path)
{
	static const struct strings none;
	const struct history *history = &judging->history;
	struct snapshot snapshot = { 0 };
	struct entry entry = { 0 };

	if (history->open(history, &snapshot, judging->arena,
			  (struct view){ .tree = tree, .directories = &none }) < 0 ||
	    snapshot_lookup(&snapshot, &entry, path) < 0)
		return -1;
	return entry.kind != ENTRY_ABSENT;
}

/* A path that neither the last tree nor what the first is measured against has is a mistake, which
 * would pass whatever there is. */
static int check_path(struct judging *judging, const char *path)
{
	const struct changes *changes = &judging->history.changes;
	int found = is_in(judging, changes->items[changes->count - 1].tree, path);

	vec_each (const struct parent *, parent, &changes->items[0].parents)
		if (!found)
			found = is_in(judging, parent->tree, path);
	if (found < 0)
		return -1;
	return found ? 0 : fail_usage("there is no '%s' in what is judged", path);
}

static int check_paths(struct judging *judging)
{
	if (judging->history.changes.count == 0 || strcmp(judging->source_name, "worktree") == 0)
		return 0;
	vec_each (const char *const *, path, &judging->paths)
		if (check_path(judging, *path) < 0)
			return -1;
	return 0;
}

/* The words are paths seen from the current directory. */
static int add_paths(struct judging *judging)
{
	const struct repository *repository = &judging->source.repository;
	const char *work_dir = repository->work_dir ? repository->work_dir : ".";
	const char *here = NULL, *root = NULL;
	const char *below = ".";

	if (path_real(&here, judging->arena, ".") <= 0 ||
	    path_real(&root, judging->arena, work_dir) <= 0)
		return fail("cannot tell which directory this is");
	if (path_is_within(here, root) && here[strlen(root)] == '/')
		below = here + strlen(root) + 1;
	vec_each (const char *const *, word, &judging->options->words)
		if (add_path(judging, root, below, *word) < 0)
			return -1;
	return check_paths(judging);
}

/* The policy of a commit that people know by a name. */
static int find_policy_of(struct judging *judging, const struct commit *commit, const char *name)
{
	struct policy *policy = &judging->policy;
	char tree[GIT_OID_HEXSZ + 1];

	git_oid_tostr(tree, sizeof(tree), &commit->tree);
	if (policy_of_tree(policy, &judging->history, judging->options,
			   arena_string(judging->arena, tree)) < 0)
		return -1;
	if (policy->place)
		policy->place = policy_place(judging->arena, name, commit->hex);
	return 0;
}

/* The same; revision NULL: that of the live files. */
static int find_policy(struct judging *judging, const char *revision)
{
	struct commit *commit = NULL;

	if (!revision)
		return policy_of_tree(&judging->policy, &judging->history, judging->options, NULL);
	if (git_source_commit(&judging->source, &commit, revision) != 0)
		return failure_status() ? -1 : fail("'%s' has no commit yet", revision);
	return find_policy_of(judging, commit, revision);
}

static const char *source_name(const struct options *options)
{
	return options->range    ? "range"
	       : options->ci     ? "ci"
	       : options->staged ? "staged"
	       : options->rev    ? "rev"
				 : "worktree";
}

static int make_history(struct judging *judging)
{
	struct options *options = judging->options;
	struct git_source *source = &judging->source;

	judging->source_name = source_name(options);
	if (options->range)
		return history_of_range(&judging->history, source, options->range);
	if (options->staged)
		return history_of_index(&judging->history, source, false);
	if (options->rev)
		return history_of_revision(&judging->history, source, options->rev, options->base);
	source->root = source->repository.work_dir ? source->repository.work_dir : ".";
	return history_of_worktree(&judging->history, source, options->base);
}

/* From which revision the policy comes: the base where there is one, else what is judged. */
static const char *policy_revision(struct judging *judging)
{
	const struct options *options = judging->options;
	const char *dots = options->range ? strstr(options->range, "..") : NULL;

	if (dots)
		return arena_copy(judging->arena, options->range, (size_t)(dots - options->range));
	return options->base ? options->base : options->rev;
}

static enum repository_mode mode_for(const struct options *options)
{
	if (options->staged)
		return REPOSITORY_OF_HOOK;
	if (options->ci)
		return REPOSITORY_ALONE;
	return options->rev || options->range ? REPOSITORY_FOUND : REPOSITORY_OF_USER;
}

/* A status, or -1. */
static int judge_ci(struct judging *judging)
{
	struct ci_base base;

	if (ci_history(&judging->history, &judging->source, &base) < 0 || add_paths(judging) < 0)
		return -1;
	if (judging->history.changes.count == 0)
		return STATUS_DONE;
	if (find_policy_of(judging, base.policy, base.policy_name) < 0)
		return -1;
	/* Who may not change the policy may not wave himself through, base or none. */
	if (base.is_guarded && judging->policy.inline_waivers == INLINE_UNSAID)
		judging->policy.inline_waivers = INLINE_DENIED;
	judging->note = arena_printf(judging->arena, "%s; policy: %s", base.words,
				     judging_policy_words(judging));
	return judging_finish(judging);
}

/* A status, or -1. */
static int judge_source(struct judging *judging)
{
	struct options *options = judging->options;
	const struct repository *repository = &judging->source.repository;

	if (repository->git && !repository->work_dir && !options->staged && !options->range &&
	    !options->rev)
		options->rev = "HEAD";
	if (make_history(judging) < 0 || add_paths(judging) < 0)
		return -1;
	if (judging->history.changes.count == 0 && options->rev)
		return STATUS_DONE;
	if (find_policy(judging, policy_revision(judging)) < 0)
		return -1;
	return judging_finish(judging);
}

static int run(struct options *options, struct arena *arena)
{
	struct judging judging;
	int absent = 0, status = -1;

	if (check_usage(options) < 0 || judging_start(options->timeout, JUDGE_LESS) < 0)
		return -1;
	absent = judging_open(&judging, options, arena, mode_for(options));
	judging.source_name = source_name(options);
	if (options->staged || options->rev || options->range || options->base || options->ci)
		absent = repository_required(absent);
	if (absent >= 0)
		status = options->ci ? judge_ci(&judging) : judge_source(&judging);
	judging_close(&judging);
	return status;
}

const struct command command_check = {
	.name = "check",
	.usage = "[--staged | --rev REV | --range A..B | --ci] [OPTIONS] [PATH...]",
	.summary = "judge the work tree, the index or commits, and report",
	.options = options_of_check,
	.more_help = outputs_help,
	.run = run,
};
