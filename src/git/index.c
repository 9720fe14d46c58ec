#include "git/index.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "git/handles.h"
#include "git/ids.h"

#define MODE_TYPE 0170000u
#define MODE_LINK 0120000u
#define MODE_SUBMODULE 0160000u

static int map_descriptor(struct text *bytes, int fd, const char *path)
{
	struct stat status;
	void *mapped = NULL;

	if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode))
		return fail("cannot read the index '%s': it is no regular file", path);
	bytes->length = (size_t)status.st_size;
	if (bytes->length == 0)
		return fail("the index '%s' is empty", path);
	mapped = mmap(NULL, bytes->length, PROT_READ, MAP_PRIVATE, fd, 0);
	if (mapped == MAP_FAILED)
		return fail("cannot read the index '%s': %s", path, strerror(errno));
	bytes->bytes = mapped;
	return 0;
}

/* The bytes of the file. 1 where there is none; or -1. */
static int map_file(struct text *bytes, const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	int failed = 0;

	if (fd < 0 && errno == ENOENT)
		return 1;
	if (fd < 0)
		return fail("cannot read the index '%s': %s", path, strerror(errno));
	failed = map_descriptor(bytes, fd, path);
	close(fd);
	return failed;
}

int index_read(struct index *index, struct arena *arena, struct repository *repository,
	       watcher *watches)
{
	const char *path = repository->mode == REPOSITORY_OF_HOOK ? getenv("GIT_INDEX_FILE") : NULL;
	bool is_named = path && *path;
	struct text bytes = { 0 };
	int state = 0;

	*index = (struct index){ .repository = repository, .arena = arena };
	if (!is_named)
		path = arena_printf(arena, "%s/index", repository->git_dir);
	state = map_file(&bytes, path);
	if (state > 0 && is_named)
		return fail("there is no index '%s', which GIT_INDEX_FILE names", path);
	if (state != 0)
		return state < 0 ? -1 : 0;
	state = index_file_read(&index->file, arena, bytes, watches);
	if (state > 0 && index_ask_git(&bytes, arena, repository) < 0)
		return -1;
	if (state > 0)
		state = index_file_read(&index->file, arena, bytes, watches);
	if (state != 0)
		return state < 0 ? fail_in("index '%s'", path) : fail("no index '%s'", path);
	index->root = cache_tree_root(arena, index->file.cache_tree);
	return 0;
}

enum entry_kind index_entry_kind(const struct index_entry *entry)
{
	return (entry->mode & MODE_TYPE) == MODE_LINK        ? ENTRY_LINK
	       : (entry->mode & MODE_TYPE) == MODE_SUBMODULE ? ENTRY_SUBMODULE
							     : ENTRY_FILE;
}

struct entry index_entry_found(const struct index_entry *entry, const char *path)
{
	struct entry found = { .path = path, .kind = index_entry_kind(entry) };

	id_write(found.id, entry->id);
	return found;
}

static bool find_exactly(const struct index *index, struct arena *arena, struct index_entry *entry,
			 const char *path)
{
	return index_file_find(&index->file, arena, entry, path) && strcmp(entry->path, path) == 0;
}

/* What is above the path: a submodule or nothing. */
static enum entry_kind find_above(const struct index *index, struct arena *arena,
				  struct index_entry *entry, const char *path)
{
	for (path = path_directory(arena, path); strcmp(path, ".") != 0;
	     path = path_directory(arena, path))
		if (find_exactly(index, arena, entry, path))
			return index_entry_kind(entry) == ENTRY_SUBMODULE ? ENTRY_SUBMODULE
									  : ENTRY_ABSENT;
	return ENTRY_ABSENT;
}

enum entry_kind index_find(const struct index *index, struct arena *arena,
			   struct index_entry *entry, const char *path)
{
	struct index_entry inside = { 0 };
	enum entry_kind kind = ENTRY_ABSENT;
	bool has_neighbour = false;

	if (find_exactly(index, arena, entry, path))
		return index_entry_kind(entry);
	has_neighbour = entry->path && path_is_within(entry->path, path_directory(arena, path));
	*entry = (struct index_entry){ 0 };
	if (strcmp(path, ".") == 0)
		return ENTRY_DIRECTORY;
	if (index_file_find(&index->file, arena, &inside, arena_printf(arena, "%s/", path)) &&
	    path_is_within(inside.path, path))
		return ENTRY_DIRECTORY;
	/* Where something else stands in its directory, no file or submodule stands above. */
	kind = has_neighbour ? ENTRY_ABSENT : find_above(index, arena, entry, path);
	if (kind == ENTRY_ABSENT)
		*entry = (struct index_entry){ 0 };
	return kind;
}
