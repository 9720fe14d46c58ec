#include "base/program.h"
#include "cli/command.h"
#include "cli/hook_set.h"

static const struct option options_of_install[] = {
	OPTION_DIRECTORY,
	OPTION_SERVER,
	OPTION_HELP,
	OPTION_END,
};

/* The hook runs this very program, wherever PATH leads when Git runs it. */
static int install(struct hook_plan *plan, enum hook_change *change, const char *name)
{
	const char *program = NULL;

	if (program_self(&program, plan->arena) < 0)
		return -1;
	return hook_install(plan, change, name, program);
}

static int run(struct options *options, struct arena *arena)
{
	return hook_set_change(options, arena, install);
}

const struct command command_install = {
	.name = "install",
	.usage = "[--server]",
	.summary = "put the hooks into this repository",
	.options = options_of_install,
	.run = run,
};
