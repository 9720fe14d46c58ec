#include "git/quarantine.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "git/handles.h"

static int add_directory(git_odb *odb, const char *directory)
{
	struct stat status;

	/* Git itself only warns of an alternate that is not there: nothing can be hidden in it. */
	if (stat(directory, &status) < 0 || !S_ISDIR(status.st_mode))
		return 0;
	if (git_odb_add_disk_alternate(odb, directory) < 0)
		return fail_git("cannot read the objects in '%s'", directory);
	return 0;
}

static char unescape(const char **at)
{
	static const char names[] = "abtnvfr", values[] = "\a\b\t\n\v\f\r";
	const char *name = strchr(names, **at);
	unsigned value = 0;

	if (**at >= '0' && **at <= '3' && strspn(*at, "01234567") >= 3) {
		for (int i = 0; i < 3; i++)
			value = value * 8 + (unsigned)(*(*at)++ - '0');
		return (char)value;
	}
	if (**at && name) {
		(*at)++;
		return values[name - names];
	}
	return **at ? *(*at)++ : '\0';
}

/* One path of the list, unquoted as Git quotes it (quote.c); moves *at behind its separator. */
static const char *next_path(struct arena *arena, const char **at)
{
	char *path = arena_alloc(arena, strlen(*at) + 1);
	size_t length = 0;

	if (**at == '"') {
		for (++*at; **at && **at != '"';) {
			if (**at == '\\')
				++*at;
			else {
				path[length++] = *(*at)++;
				continue;
			}
			path[length++] = unescape(at);
		}
		*at += **at == '"';
	} else {
		length = strcspn(*at, ":");
		memcpy(path, *at, length);
		*at += length;
	}
	path[length] = '\0';
	*at += **at == ':';
	return path;
}

int quarantine_add(git_odb *odb, struct arena *arena)
{
	static const char *const variables[] = { "GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY" };
	const char *list = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");

	for (size_t i = 0; i < 2; i++) {
		const char *directory = getenv(variables[i]);

		if (directory && *directory && add_directory(odb, directory) < 0)
			return -1;
	}
	while (list && *list) {
		const char *directory = next_path(arena, &list);

		if (*directory && add_directory(odb, directory) < 0)
			return -1;
	}
	return 0;
}
