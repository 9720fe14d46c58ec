#include "tests/support/history.h"

#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int history_enter(char *directory, const char *history)
{
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("HOME", "/nonexistent", 1);
	unsetenv("GIT_DIR");
	git_libgit2_init();
	return !mkdtemp(directory) || chdir(directory) < 0 || system(history) != 0;
}

int history_leave(const char *directory)
{
	char command[64];

	git_libgit2_shutdown();
	snprintf(command, sizeof(command), "rm -rf %s", directory);
	return chdir("/") < 0 || system(command) != 0;
}
