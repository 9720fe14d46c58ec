#include "cli/command.h"
#include "cli/hook_set.h"

static const struct option options_of_uninstall[] = {
	OPTION_DIRECTORY,
	OPTION_SERVER,
	OPTION_HELP,
	OPTION_END,
};

static int run(struct options *options, struct arena *arena)
{
	return hook_set_change(options, arena, hook_uninstall);
}

const struct command command_uninstall = {
	.name = "uninstall",
	.usage = "[--server]",
	.summary = "take the hooks away and put back what was there before",
	.options = options_of_uninstall,
	.run = run,
};
