#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/program.h"
#include "cli/checkup.h"
#include "cli/command.h"
#include "cli/policy_source.h"
#include "git/hook_look.h"

#define PATIENCE "300" /* seconds for all that is tried, unless --timeout says otherwise */

static const struct option options_of_doctor[] = {
	OPTION_DIRECTORY,
	OPTION_TIMEOUT("give up after that time (300)"),
	OPTION_HELP,
	OPTION_END,
};

static bool has_hook(const struct checkup *checkup, const char *directory, const char *name)
{
	struct hook_look look = { .name = name };

	hook_look(&look, checkup->arena, directory, NULL);
	return look.is_there;
}

/* Are hooks of ours where they would be without core.hooksPath, which leads past them? */
static bool is_displaced(const struct checkup *checkup, const char *hooks, const char *name)
{
	struct hook_look before = { .name = name }, now = { .name = name };
	const struct repository *repository = &checkup->judging->source.repository;

	hook_look(&before, checkup->arena, hooks, NULL);
	hook_look(&now, checkup->arena, checkup->place.directory, repository->work_dir);
	return checkup->place.scope && before.is_ours && !now.program && !now.is_named;
}

static void say_place(struct checkup *checkup, const char *name)
{
	const struct hook_place *place = &checkup->place;
	const char *common = checkup->judging->source.repository.common_dir;
	const char *hooks = arena_printf(checkup->arena, "%s/hooks", common);

	if (place->is_empty)
		checkup_say(checkup, HEALTH_WRONG,
			    "hooks: core.hooksPath is set to nothing (%s), so Git looks for them "
			    "in '/'; run: %s",
			    place->scope, checkup_cure(checkup));
	else if (is_displaced(checkup, hooks, name))
		checkup_say(checkup, HEALTH_WRONG,
			    "hooks: core.hooksPath (%s) leads Git to '%s', past those of "
			    "onedockerfile in '%s'; run: %s",
			    place->scope, place->directory, hooks, checkup_cure(checkup));
	else if (place->scope)
		checkup_say(checkup, HEALTH_OK,
			    "hooks: Git runs those in '%s' (core.hooksPath, %s)", place->directory,
			    place->scope);
	else
		checkup_say(checkup, HEALTH_OK, "hooks: Git runs those in '%s'", place->directory);
}

/* Which policy the hooks would take now: on a server its own, else that of the index. */
static void say_policy(struct checkup *checkup)
{
	struct judging *judging = checkup->judging;
	struct git_source *source = &judging->source;
	bool failed = checkup->of_server
			      ? policy_of_server(&judging->policy, source, judging->options) < 0
			      : history_of_index(&judging->history, source, false) < 0 ||
					policy_of_tree(&judging->policy, &judging->history,
						       judging->options, NULL) < 0;

	if (failed) {
		checkup->policy = "that cannot be read";
		checkup_failed(checkup, HEALTH_WRONG, "policy: all is refused until it is mended");
		return;
	}
	checkup->policy = judging->policy.origin;
	if (strcmp(checkup->policy, POLICY_FILE) == 0)
		checkup->policy = checkup->of_server ? "'" POLICY_FILE "' of HEAD"
						     : "'" POLICY_FILE "' of the index";
	else if (strcmp(checkup->policy, "default") != 0)
		checkup->policy = arena_printf(checkup->arena, "'%s'", checkup->policy);
	checkup_say(checkup, HEALTH_OK, "policy: %s", checkup->policy);
}

/* The hooks of one side, each by its lines. 0, or -1. */
static int examine(struct checkup *checkup, const char *const *names, bool of_server)
{
	checkup->of_server = of_server;
	if (hook_place_find(&checkup->place, &checkup->judging->source.repository, of_server) < 0)
		return -1;
	say_place(checkup, names[0]);
	say_policy(checkup);
	for (; *names; names++)
		checkup_hook(checkup, *names);
	return 0;
}

/* A server may have `update` instead, and a repository with a work tree may be one as well. */
static int examine_all(struct checkup *checkup)
{
	static const char *const of_clone[] = { "pre-commit", "pre-merge-commit", "pre-push",
						NULL };
	static const char *const of_server[] = { "pre-receive", NULL };
	static const char *const of_refs[] = { "update", NULL };
	struct repository *repository = &checkup->judging->source.repository;
	struct hook_place place;
	bool has_receive = false, has_update = false;

	if (hook_place_find(&place, repository, true) < 0)
		return -1;
	has_receive = has_hook(checkup, place.directory, "pre-receive");
	has_update = has_hook(checkup, place.directory, "update");
	if (repository->work_dir && examine(checkup, of_clone, false) < 0)
		return -1;
	if (repository->work_dir && !has_receive && !has_update)
		return 0;
	return examine(checkup, has_update && !has_receive ? of_refs : of_server, true);
}

/* A status, or -1. */
static int examine_repository(struct judging *judging)
{
	struct checkup checkup = { .judging = judging, .arena = judging->arena };
	int failed = program_self(&checkup.self, judging->arena) < 0 || examine_all(&checkup) < 0;

	if (buf_write(&checkup.out, STDOUT_FILENO, "standard output") < 0)
		failed = true;
	buf_release(&checkup.out);
	if (failed)
		return -1;
	return checkup.wrong ? STATUS_FINDINGS : checkup.unknown ? STATUS_FAILURE : STATUS_DONE;
}

static int run(struct options *options, struct arena *arena)
{
	struct judging judging;
	int absent = 0, status = -1;

	if (options->words.count > 0)
		return fail_usage("'doctor' takes no '%s'", options->words.items[0]);
	if (judging_start(options->timeout ? options->timeout : PATIENCE,
			  "set a longer --timeout") < 0)
		return -1;
	absent = judging_open(&judging, options, arena, REPOSITORY_FOUND);
	if (repository_required(absent) == 0)
		status = examine_repository(&judging);
	judging_close(&judging);
	return status;
}

const struct command command_doctor = {
	.name = "doctor",
	.usage = "[OPTIONS]",
	.summary = "prove that the hooks fire",
	.options = options_of_doctor,
	.run = run,
};
