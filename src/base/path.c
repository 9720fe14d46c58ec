#include "base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/present.h"

/* Append the components of path to those already in text; false where it leaves the root. */
static bool append(char *text, size_t *length, const char *path)
{
	while (*path) {
		size_t size = strcspn(path, "/");

		if (size == 2 && path[0] == '.' && path[1] == '.') {
			if (*length == 0)
				return false;
			while (*length > 0 && text[*length - 1] != '/')
				--*length;
			if (*length > 0)
				--*length;
		} else if (size > 0 && !(size == 1 && path[0] == '.')) {
			if (*length > 0)
				text[(*length)++] = '/';
			memcpy(text + *length, path, size);
			*length += size;
		}
		path += size;
		path += *path == '/';
	}
	return true;
}

const char *path_normalise(struct arena *arena, const char *directory, const char *path)
{
	char *text = arena_alloc(arena, strlen(directory) + strlen(path) + 3);
	size_t length = 0;

	if (path[0] == '/' || !append(text, &length, directory) || !append(text, &length, path))
		return NULL;
	if (length == 0)
		text[length++] = '.';
	text[length] = '\0';
	return text;
}

const char *path_join(struct arena *arena, const char *directory, const char *name)
{
	size_t above = 0, below = 0;
	char *path = NULL;

	if (strcmp(directory, ".") == 0 || directory[0] == '\0')
		return arena_string(arena, name);
	if (strcmp(name, ".") == 0)
		return arena_string(arena, directory);
	above = strlen(directory);
	below = strlen(name) + 1;
	path = arena_bytes(arena, above + 1 + below);
	memcpy(path, directory, above);
	path[above] = '/';
	memcpy(path + above + 1, name, below);
	return path;
}

const char *path_directory(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_copy(arena, path, (size_t)(slash - path)) : ".";
}

const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *path_relative(struct arena *arena, const char *directory, const char *path)
{
	const char *relative = path;

	if (strcmp(directory, ".") == 0)
		return path;
	while (*directory) {
		size_t length = strcspn(directory, "/");

		if (relative == path && strncmp(directory, path, length) == 0 &&
		    path[length] == '/') {
			path += length + 1;
			relative = path;
		} else {
			relative = arena_printf(arena, "../%s", relative);
		}
		directory += length + (directory[length] == '/');
	}
	return relative;
}

bool path_is_within(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	if (strcmp(directory, ".") == 0)
		return true;
	return strncmp(path, directory, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0');
}

int path_real(const char **real, struct arena *arena, const char *path)
{
	char *found = realpath(path, NULL);

	if (!found)
		return present_not(errno) ? 0 : fail("cannot find '%s': %s", path, strerror(errno));
	*real = arena_string(arena, found);
	free(found);
	return 1;
}
