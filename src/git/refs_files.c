/* Refs as they lie in a repository. The library's own reader asks for each packed one whether it is
 * loose, too, and gives the tags' own objects. */
#include "git/refs_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "git/ids.h"

#define MAX_REF_LENGTH 256         /* bytes of a loose ref that are looked at */
#define MAX_PACKED_SIZE (1u << 30) /* bytes; more is left to the library */

/* A loose ref hides a packed one of the same name, also where it is symbolic itself. */
struct loose {
	const char *name;
	git_oid id;
	bool is_symbolic;
};

struct looses VEC(struct loose);

/* What is read of one repository. */
struct files {
	struct arena *arena;
	struct looses loose;
	size_t passed; /* loose refs whose names come before the packed one at hand */
};

static bool is_id_end(char c)
{
	return c == '\0' || c == '\n' || c == ' ' || c == '\t' || c == '\r';
}

/* A ref that was deleted meanwhile, or holds nothing that makes sense, is none. 0, or 1. */
static int read_loose(struct files *files, int directory, const char *name, const char *file_name)
{
	int file = openat(directory, file_name, O_RDONLY | O_CLOEXEC);
	char line[MAX_REF_LENGTH + 1] = "";
	struct loose loose = { .name = name };
	ssize_t length = 0;

	if (file < 0)
		return errno == ENOENT ? 0 : 1;
	length = read(file, line, MAX_REF_LENGTH);
	close(file);
	if (length < 0)
		return 1;
	loose.is_symbolic = strncmp(line, "ref:", 4) == 0;
	if (loose.is_symbolic || (id_parse(&loose.id, line) == 0 && is_id_end(line[GIT_OID_HEXSZ])))
		*vec_add(files->arena, &files->loose) = loose;
	return 0;
}

static bool is_lock(const char *name)
{
	size_t length = strlen(name);

	return length >= 5 && strcmp(name + length - 5, ".lock") == 0;
}

static unsigned char type_of(int directory, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(directory, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_UNKNOWN;
	return S_ISDIR(status.st_mode) ? DT_DIR : S_ISREG(status.st_mode) ? DT_REG : DT_UNKNOWN;
}

/* One entry of the directory path. 0, or 1. */
static int add_entry(struct files *files, struct strings *below, int directory,
		     const struct dirent *entry, const char *path)
{
	const char *name = NULL;

	/* As Git does it (refs/files-backend.c loose_fill_ref_dir). */
	if (entry->d_name[0] == '.' || is_lock(entry->d_name))
		return 0;
	name = arena_printf(files->arena, "%s/%s", path, entry->d_name);
	switch (type_of(directory, entry)) {
	case DT_DIR:
		*vec_add(files->arena, below) = name;
		return 0;
	case DT_REG:
		return read_loose(files, directory, name, entry->d_name);
	default:
		return 1;
	}
}

/* The refs in one directory; those below it are noted. 0, or 1. */
static int read_directory(struct files *files, struct strings *below, int root, const char *path)
{
	int directory = openat(root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = directory < 0 ? NULL : fdopendir(directory);
	const struct dirent *entry = NULL;
	int unusual = 0;

	if (!entries) {
		if (directory >= 0)
			close(directory);
		return errno == ENOENT ? 0 : 1;
	}
	do {
		errno = 0;
		entry = readdir(entries);
		if (entry)
			unusual = add_entry(files, below, directory, entry, path);
		else
			unusual = errno != 0;
	} while (entry && !unusual);
	closedir(entries);
	return unusual;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct loose *)a)->name, ((const struct loose *)b)->name);
}

/* Every loose ref, by name. 0, or 1. */
static int read_directories(struct files *files, const char *common_dir)
{
	int root = open(common_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct strings below = { 0 };
	int unusual = root < 0;

	*vec_add(files->arena, &below) = "refs";
	while (!unusual && below.count > 0)
		unusual = read_directory(files, &below, root, below.items[--below.count]);
	if (root >= 0)
		close(root);
	vec_sort(&files->loose, by_name);
	return unusual;
}

/* Is a packed ref hidden by a loose one? They are asked for in order. */
static bool is_hidden(struct files *files, const char *name)
{
	const struct looses *loose = &files->loose;
	int order = -1;

	while (files->passed < loose->count) {
		order = strcmp(loose->items[files->passed].name, name);
		if (order >= 0)
			break;
		files->passed++;
	}
	return order == 0;
}

/* The line "ID NAME" from at up to its end, which becomes a NUL. 0, or 1. */
static int parse_packed(struct ref *ref, char *at, char *end)
{
	ref->name = at + GIT_OID_HEXSZ + 1;
	if (end - at < GIT_OID_HEXSZ + 6 || end[-1] == '\r' || id_parse(&ref->id, at) < 0 ||
	    ref->name[-1] != ' ' || strncmp(ref->name, "refs/", 5) != 0)
		return 1;
	*end = '\0';
	return 0;
}

/* Lines, in order of their names; "^ID" is what the tag above it is of. 0, or 1. */
static int parse_all_packed(struct refs *refs, struct files *files, char *at, const char *end)
{
	const char *before = "";
	struct ref ref = { 0 };
	git_oid *tag = NULL;

	for (char *line_end = NULL; at < end; at = line_end + 1) {
		line_end = memchr(at, '\n', (size_t)(end - at));
		if (!line_end)
			return 1;
		if (*at == '#')
			continue;
		if (*at == '^') {
			if (!tag || line_end - at != GIT_OID_HEXSZ + 1 || id_parse(tag, at + 1) < 0)
				return 1;
			tag = NULL;
			continue;
		}
		if (parse_packed(&ref, at, line_end) != 0 || strcmp(before, ref.name) >= 0)
			return 1;
		before = ref.name;
		tag = &ref.id;
		if (is_hidden(files, ref.name))
			continue;
		*vec_add(files->arena, refs) = ref;
		tag = &refs->items[refs->count - 1].id;
	}
	return 0;
}

/* The bytes of packed-refs, which the refs point into; none where it is not there. 0, or 1. */
static int read_packed(char **bytes, size_t *length, struct arena *arena, const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;
	int unusual = 1;

	*length = 0;
	if (file < 0)
		return errno == ENOENT ? 0 : 1;
	if (fstat(file, &status) == 0 && status.st_size < MAX_PACKED_SIZE) {
		*length = (size_t)status.st_size;
		*bytes = arena_bytes(arena, *length + 1);
		unusual = read(file, *bytes, *length) != status.st_size;
	}
	close(file);
	return unusual;
}

static size_t count_lines(const char *at, size_t length)
{
	const char *end = at + length;
	size_t count = 0;

	while (length > 0 && (at = memchr(at, '\n', (size_t)(end - at)))) {
		at++;
		count++;
	}
	return count;
}

int refs_read_files(struct refs *refs, struct repository *repository)
{
	struct files files = { .arena = repository->arena };
	const char *path = arena_printf(files.arena, "%s/packed-refs", repository->common_dir);
	char *packed = NULL;
	size_t length = 0;

	/* Git packs a ref before it takes the loose one away. */
	if (read_directories(&files, repository->common_dir) != 0 ||
	    read_packed(&packed, &length, files.arena, path) != 0)
		return 1;
	vec_reserve(files.arena, refs, files.loose.count + count_lines(packed, length) + 1);
	vec_each (const struct loose *, loose, &files.loose)
		if (!loose->is_symbolic)
			*vec_add(files.arena, refs) = (struct ref){ loose->name, loose->id };
	return parse_all_packed(refs, &files, packed, packed + length);
}
