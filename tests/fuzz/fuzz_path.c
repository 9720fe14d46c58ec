#include <stdint.h>
#include <string.h>

#include "base/path.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* How deep a path ends below a directory that lies so deep; -1: it leaves the root on its way. */
static int depth_below(int depth, const char *path)
{
	while (*path && depth >= 0) {
		size_t length = strcspn(path, "/");

		if (length == 2 && strncmp(path, "..", 2) == 0)
			depth--;
		else if (length > 0 && !(length == 1 && *path == '.'))
			depth++;
		path += length + (path[length] == '/');
	}
	return depth;
}

static void require_normal(const char *path)
{
	if (strcmp(path, ".") == 0)
		return;
	require(*path != '\0', "a path is not empty");
	for (const char *at = path;; at++) {
		size_t length = strcspn(at, "/");

		require(length > 0, "no empty component");
		require(!(length == 1 && *at == '.'), "no '.'");
		require(!(length == 2 && at[0] == '.' && at[1] == '.'), "no '..'");
		at += length;
		if (!*at)
			return;
	}
}

/* All that can be said of a path below the root, said in another way. */
static void check(struct arena *arena, const char *directory, const char *path)
{
	const char *relative = path_relative(arena, directory, path);

	require_normal(path);
	require_same(path_normalise(arena, ".", path), path);
	require_same(path_join(arena, path_directory(arena, path), path_name(path)), path);
	require(path_is_within(path, path_directory(arena, path)), "within its directory");
	if (strcmp(path, ".") != 0)
		require_same(path_normalise(arena, directory, relative), path);
}

/* A directory and a path as seen from it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct text rest = { (const char *)data, size };
	const char *start = next_part(&arena, &rest), *path = next_part(&arena, &rest);
	const char *directory = path_normalise(&arena, ".", start);
	const char *found = directory ? path_normalise(&arena, directory, path) : NULL;
	int depth = depth_below(0, start);

	require(!directory == (*start == '/' || depth < 0), "a path leaves the root, or not");
	if (directory)
		require(!found == (*path == '/' || depth_below(depth, path) < 0),
			"a path leaves the root from its directory, or not");
	if (found)
		check(&arena, directory, found);
	arena_release(&arena);
	return 0;
}
