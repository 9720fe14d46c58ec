#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "cli/command.h"
#include "cli/judging.h"
#include "cli/policy_source.h"
#include "readers/readers.h"
#include "reports/model.h"

static const struct option options_of_inspect[] = {
	OPTION_DIRECTORY, OPTION_STAGED, OPTION_REV, OPTION_CONFIG, OPTION_FORMAT("text or json"),
	OPTION_HELP,      OPTION_END,
};

/* The one tree that is looked at, as a history; its policy gives the variables. */
static int make_history(struct judging *judging)
{
	struct options *options = judging->options;
	struct git_source *source = &judging->source;

	if (options->staged)
		return history_of_index(&judging->history, source, false);
	if (!options->rev && source->repository.git && !source->repository.work_dir)
		options->rev = "HEAD";
	if (options->rev)
		return history_of_revision(&judging->history, source, options->rev, NULL);
	source->root = source->repository.work_dir ? source->repository.work_dir : ".";
	return history_of_worktree(&judging->history, source, NULL);
}

static int read_project(struct project *project, struct judging *judging)
{
	const struct history *history = &judging->history;
	const char *tree = NULL;

	*project = (struct project){ .arena = judging->arena, .policy = &judging->policy };
	if (history->changes.count == 0)
		return 0;
	tree = history->changes.items[0].tree;
	project->snapshot = arena_new(judging->arena, struct snapshot);
	if (policy_of_tree(&judging->policy, history, judging->options, tree) < 0 ||
	    history->open(history, project->snapshot, judging->arena, tree) < 0)
		return -1;
	return readers_read(project);
}

static int run(struct options *options, struct arena *arena)
{
	struct judging judging;
	struct project project;
	struct buf out = { 0 };
	bool json = options->format && strcmp(options->format, "json") == 0;
	int absent = 0, failed = 0;

	if (options->format && !json && strcmp(options->format, "text") != 0)
		return fail_usage("'--format %s': it is text or json", options->format);
	if (options->words.count > 0)
		return fail_usage("'inspect' takes no '%s'", options->words.items[0]);
	if (options->staged && options->rev)
		return fail_usage("only one of --staged and --rev can be looked at at a time");
	absent = judging_open(&judging, options, arena,
			      options->staged ? REPOSITORY_OF_HOOK
			      : options->rev  ? REPOSITORY_FOUND
					      : REPOSITORY_OF_USER);
	if (absent < 0)
		return -1;
	if (absent && (options->staged || options->rev))
		return fail("there is no Git repository here");
	if (make_history(&judging) < 0 || read_project(&project, &judging) < 0)
		return -1;
	if (json)
		model_write_json(&out, &project);
	else
		model_write_text(&out, &project);
	failed = buf_write(&out, STDOUT_FILENO, "standard output");
	buf_release(&out);
	return failed;
}

const struct command command_inspect = {
	.name = "inspect",
	.usage = "[--staged | --rev REV] [--format json|text]",
	.summary = "show what the tool sees: Dockerfiles, stages, builds",
	.options = options_of_inspect,
	.run = run,
};
