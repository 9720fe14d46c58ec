#define _XOPEN_SOURCE 700
#include "tests/support/scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/grammar.h"

static char directory[] = "/dev/shm/fuzz.XXXXXX";
static pid_t owner; /* 0: there is no directory yet */

static int take_away(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

static void leave(void)
{
	if (getpid() == owner)
		(void)nftw(directory, take_away, 8, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_directory(void)
{
	if (!owner) {
		require(mkdtemp(directory) != NULL, "a directory can be made");
		owner = getpid();
		atexit(leave);
	}
	return directory;
}

static void make_directories(char *path)
{
	for (char *slash = path + strlen(directory) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		(void)mkdir(path, 0777);
		*slash = '/';
	}
}

void scratch_write(const char *name, struct text content)
{
	char path[256];
	FILE *file = NULL;

	snprintf(path, sizeof(path), "%s/%s", scratch_directory(), name);
	make_directories(path);
	file = fopen(path, "we");
	require(file && fwrite(content.bytes, 1, content.length, file) == content.length &&
			fclose(file) == 0,
		"a file can be written");
}

void scratch_remove(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", scratch_directory(), name);
	(void)unlink(path);
}
