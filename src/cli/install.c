#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/fail.h"
#include "cli/command.h"
#include "cli/hook_set.h"

static const struct option options_of_install[] = {
	OPTION_DIRECTORY,
	OPTION_SERVER,
	OPTION_HELP,
	OPTION_END,
};

/* The hook runs this very program, wherever PATH leads when Git runs it. */
static int install(enum hook_change *change, const char *directory, const char *name)
{
	char program[4096];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);

	if (length < 0)
		return fail("cannot tell where this program is: %s", strerror(errno));
	program[length] = '\0';
	return hook_install(change, directory, name, program);
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
