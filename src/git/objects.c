#include "git/objects.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "base/present.h"
#include "git/handles.h"
#include "git/loose_backend.h"
#include "git/pack_backend.h"
#include "syntax/quote.h"
#include "syntax/slice.h"

/* In which order they are asked, from high to low. */
enum priority {
	PRIORITY_LOOSE = 1,
	PRIORITY_REST = 2, /* packed objects that we do not read */
	PRIORITY_PACKED = 3,
};

/* The directories that were found so far. */
struct objects {
	struct arena *arena;
	git_odb *odb;
	struct strings *directories;
	struct map seen;
};

/* One path of a list, which may be quoted, "" for a comment; moves *at behind its separator. */
static const char *next_path(struct arena *arena, const char **at, char separator)
{
	struct text path = { 0 }, rest = { *at, strlen(*at) };

	if (!quote_cut(&path, arena, &rest)) {
		path = slice_upto(rest, slice_find(rest, separator));
		rest = slice_from(rest, path.length);
	}
	*at = rest.bytes + (*rest.bytes == separator);
	return slice_starts(path, "#") ? "" : slice_string(arena, path);
}

/* Is it one that was not there yet? Git itself only warns of an alternate that is missing: nothing
 * can be hidden in it. 1 or 0, or -1. */
static int is_new(struct objects *objects, const char **path)
{
	struct stat status;
	int found = path_real(path, objects->arena, *path);

	if (found > 0)
		found = present_behind(&status, *path);
	if (found <= 0)
		return found;
	if (!S_ISDIR(status.st_mode) || map_get(&objects->seen, *path))
		return 0;
	map_put(&objects->seen, objects->arena, *path, objects);
	return 1;
}

static int add_directory(struct objects *objects, const char *path)
{
	git_odb_backend *packs = NULL;
	int state = is_new(objects, &path);

	if (state <= 0)
		return state;
	*vec_add(objects->arena, objects->directories) = path;
	if (git_odb_backend_pack(&packs, path) < 0 ||
	    git_odb_add_backend(objects->odb, packs, PRIORITY_REST) < 0)
		return fail_git("cannot read the objects in '%s'", path);
	return 0;
}

/* Paths are as seen from the directory base, where there is one. */
static int add_list(struct objects *objects, const char *list, char separator, const char *base)
{
	while (*list) {
		const char *path = next_path(objects->arena, &list, separator);

		if (*path && *path != '/' && base)
			path = arena_printf(objects->arena, "%s/%s", base, path);
		if (*path && add_directory(objects, path) < 0)
			return -1;
	}
	return 0;
}

static int read_file(struct buf *content, FILE *file, const char *path)
{
	char chunk[4096];
	size_t count = 0;

	while ((count = fread(chunk, 1, sizeof(chunk), file)) > 0) {
		buf_addn(content, chunk, count);
		if (content->length > MAX_ALTERNATES_SIZE)
			return fail("'%s' has more than %u bytes", path, MAX_ALTERNATES_SIZE);
	}
	return ferror(file) ? fail("cannot read '%s': %s", path, strerror(errno)) : 0;
}

/* What the file info/alternates of a directory lists. */
static int add_alternates(struct objects *objects, const char *directory)
{
	const char *path = arena_printf(objects->arena, "%s/info/alternates", directory);
	FILE *file = fopen(path, "re");
	struct buf list = { 0 };
	int failed = 0;

	if (!file)
		return errno == ENOENT ? 0 : fail("cannot open '%s': %s", path, strerror(errno));
	failed = read_file(&list, file, path);
	(void)fclose(file);
	if (!failed)
		failed = add_list(objects, buf_text(&list), '\n', directory);
	buf_release(&list);
	return failed;
}

static int add_from_environment(struct objects *objects)
{
	static const char *const variables[] = { "GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY" };
	const char *list = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");

	for (size_t i = 0; i < 2; i++) {
		const char *path = getenv(variables[i]);

		if (path && *path && add_directory(objects, path) < 0)
			return -1;
	}
	return list ? add_list(objects, list, ':', NULL) : 0;
}

static int add_all(struct objects *objects, const char *directory, bool with_environment)
{
	size_t next = 0;

	if (add_directory(objects, directory) < 0 ||
	    (with_environment && add_from_environment(objects) < 0))
		return -1;
	for (int depth = 0; depth <= MAX_ALTERNATES_DEPTH; depth++)
		for (size_t end = objects->directories->count; next < end; next++)
			if (add_alternates(objects, objects->directories->items[next]) < 0)
				return -1;
	return 0;
}

int objects_open(struct object_store *store, struct arena *arena, const char *directory,
		 bool with_environment)
{
	struct objects objects = { .arena = arena,
				   .directories = arena_new(arena, struct strings) };

	*store = (struct object_store){ .directories = objects.directories };
	if (git_odb_new(&store->odb) < 0)
		return fail_git("cannot open the objects in '%s'", directory);
	objects.odb = store->odb;
	if (add_all(&objects, directory, with_environment) < 0)
		return -1;
	if (pack_backend_add(&store->packs, objects.odb, arena, objects.directories,
			     PRIORITY_PACKED) < 0)
		return -1;
	return loose_backend_add(objects.odb, arena, objects.directories, PRIORITY_LOOSE);
}
