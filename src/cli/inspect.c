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
	    history->open(history, project->snapshot, judging->arena,
			  (struct view){ .tree = tree }) < 0)
		return -1;
	return readers_read(project);
}

static int check_usage(const struct options *options)
{
	const char *format = options->format;

	if (format && strcmp(format, "json") != 0 && strcmp(format, "text") != 0)
		return fail_usage("'--format %s': it is text or json", format);
	if (options->words.count > 0)
		return fail_usage("'inspect' takes no '%s'", options->words.items[0]);
	if (options->staged && options->rev)
		return fail_usage("only one of --staged and --rev can be looked at at a time");
	return 0;
}

static enum repository_mode mode_for(const struct options *options)
{
	if (options->staged)
		return REPOSITORY_OF_HOOK;
	return options->rev ? REPOSITORY_FOUND : REPOSITORY_OF_USER;
}

/* A status, or -1. */
static int show(struct judging *judging)
{
	const char *format = judging->options->format;
	struct project project;
	struct buf out = { 0 };
	int failed = 0;

	if (make_history(judging) < 0 || read_project(&project, judging) < 0)
		return -1;
	if (format && strcmp(format, "json") == 0)
		model_write_json(&out, &project);
	else
		model_write_text(&out, &project);
	failed = buf_write(&out, STDOUT_FILENO, "standard output");
	buf_release(&out);
	return failed;
}

static int run(struct options *options, struct arena *arena)
{
	struct judging judging;
	int absent = 0, status = -1;

	if (check_usage(options) < 0)
		return -1;
	absent = judging_open(&judging, options, arena, mode_for(options));
	if (options->staged || options->rev)
		absent = repository_required(absent);
	if (absent >= 0)
		status = show(&judging);
	judging_close(&judging);
	return status;
}

const struct command command_inspect = {
	.name = "inspect",
	.usage = "[--staged | --rev REV] [--format json|text]",
	.summary = "show what the tool sees: Dockerfiles, stages, builds",
	.options = options_of_inspect,
	.run = run,
};
