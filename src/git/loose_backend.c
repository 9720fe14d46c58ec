#include "git/loose_backend.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <git2/sys/odb_backend.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/present.h"
#include "git/handles.h"
#include "git/ids.h"
#include "git/loose.h"

#define NAME_SIZE (GIT_OID_HEXSZ + 1) /* "xx/yyyy" */
#define SMALL_SIZE 8192               /* bytes of a file that are read rather than mapped */

struct loose_backend {
	git_odb_backend parent; /* first, as libgit2 hands it back */
	const struct strings *directories;
	struct loose loose;
	struct buf path; /* of the object at hand */
	char small[SMALL_SIZE];
};

/* Where an object would be. */
static const char *path_in(struct loose_backend *backend, const char *directory, const git_oid *id)
{
	char name[NAME_SIZE];

	git_oid_pathfmt(name, id);
	buf_clear(&backend->path);
	buf_add(&backend->path, directory);
	buf_addc(&backend->path, '/');
	buf_addn(&backend->path, name, sizeof(name));
	return buf_text(&backend->path);
}

static int cannot_read(const struct loose_backend *backend, const git_oid *id, const char *why)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), id);
	return fail("cannot read object %s: '%s' %s", hex, buf_text(&backend->path), why);
}

/* Open its file in the first directory that has it. 0, GIT_ENOTFOUND, or -1. */
static int open_file(struct loose_backend *backend, int *file, const git_oid *id)
{
	vec_each (const char *const *, directory, backend->directories) {
		const char *path = path_in(backend, *directory, id);

		*file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
		if (*file >= 0)
			return 0;
		if (!present_not(errno))
			return fail("cannot open '%s': %s", path, strerror(errno));
	}
	return GIT_ENOTFOUND;
}

/* All of a file: of a large one, mapped, of a small one what was read. 0, or -1. */
static int read_file(struct loose_backend *backend, struct text *text, int file)
{
	ssize_t length = read(file, backend->small, sizeof(backend->small));
	struct stat status = { 0 };
	void *bytes = backend->small;

	*text = (struct text){ backend->small, length < 0 ? 0 : (size_t)length };
	if (length < (ssize_t)sizeof(backend->small))
		return length < 0 ? -1 : 0;
	if (fstat(file, &status) < 0)
		return -1;
	bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
	if (bytes == MAP_FAILED)
		return -1;
	*text = (struct text){ bytes, (size_t)status.st_size };
	return 0;
}

/* The file of an object, until release_file(). 0, GIT_ENOTFOUND, or -1. */
static int take_file(struct loose_backend *backend, struct text *text, const git_oid *id)
{
	int file = -1, error = open_file(backend, &file, id);

	if (error)
		return error;
	if (read_file(backend, text, file) < 0)
		error = cannot_read(backend, id, "cannot be read");
	close(file);
	return error;
}

static void release_file(const struct loose_backend *backend, struct text text)
{
	if (text.bytes != backend->small)
		munmap((void *)(uintptr_t)text.bytes, text.length);
}

static int read_header(size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id)
{
	struct loose_backend *backend = (struct loose_backend *)parent;
	struct loose *loose = &backend->loose;
	const char *wrong = NULL;
	struct text file;
	int error = take_file(backend, &file, id);

	if (error)
		return error;
	wrong = loose_header(loose, file);
	release_file(backend, file);
	if (wrong)
		return cannot_read(backend, id, wrong);
	*size = loose->size;
	*type = loose->type;
	return 0;
}

/* The content of an object in memory of libgit2's; NULL, with words why there is none. */
static char *content_of(struct loose_backend *backend, const char **wrong, struct text file)
{
	struct loose *loose = &backend->loose;
	char *content = NULL;

	*wrong = loose_header(loose, file);
	if (!*wrong && loose->size > MAX_OBJECT_SIZE)
		*wrong = OBJECT_TOO_LARGE;
	if (!*wrong)
		content = git_odb_backend_data_alloc(&backend->parent, loose->size + 1);
	if (content)
		*wrong = loose_content(loose, content);
	else if (!*wrong)
		*wrong = "is too large for the memory there is";
	if (!*wrong)
		return content;
	git_odb_backend_data_free(&backend->parent, content);
	return NULL;
}

static int read_object(void **content, size_t *size, git_object_t *type, git_odb_backend *parent,
		       const git_oid *id)
{
	struct loose_backend *backend = (struct loose_backend *)parent;
	const char *wrong = NULL;
	struct text file;
	int error = take_file(backend, &file, id);

	if (error)
		return error;
	*content = content_of(backend, &wrong, file);
	release_file(backend, file);
	if (wrong)
		return cannot_read(backend, id, wrong);
	*size = backend->loose.size;
	*type = backend->loose.type;
	return 0;
}

static int exists(git_odb_backend *parent, const git_oid *id)
{
	struct loose_backend *backend = (struct loose_backend *)parent;

	vec_each (const char *const *, directory, backend->directories) {
		const char *path = path_in(backend, *directory, id);

		if (access(path, F_OK) == 0)
			return 1;
		/* There is no answer for this one; the run ends as one that failed. */
		if (!present_not(errno))
			fail("cannot look at '%s': %s", path, strerror(errno));
	}
	return 0;
}

/* The id in a directory that some digits begin; *found counts those that differ. 0, or -1. */
static int find_in(git_oid *id, size_t *found, DIR *directory, const char *digits)
{
	const struct dirent *entry = NULL;
	size_t length = strlen(digits);

	while ((errno = 0, entry = readdir(directory))) {
		char hex[GIT_OID_HEXSZ + 1] = { digits[0], digits[1] };
		git_oid other;

		if (strlen(entry->d_name) != GIT_OID_HEXSZ - 2 ||
		    memcmp(entry->d_name, digits + 2, length - 2) != 0)
			continue;
		memcpy(hex + 2, entry->d_name, GIT_OID_HEXSZ - 2);
		if (id_parse(&other, hex) < 0 || (*found && git_oid_equal(&other, id)))
			continue;
		*id = other;
		++*found;
	}
	return errno ? -1 : 0;
}

/* The id that length digits of a key begin, where there is one. As open_file(). */
static int expand(git_oid *id, struct loose_backend *backend, const git_oid *key, size_t length)
{
	char digits[GIT_OID_HEXSZ + 1];
	size_t found = 0;
	int failed = 0;

	git_oid_tostr(digits, length + 1, key);
	vec_each (const char *const *, path, backend->directories) {
		DIR *directory = NULL;

		buf_clear(&backend->path);
		buf_addf(&backend->path, "%s/%.2s", *path, digits);
		directory = opendir(buf_text(&backend->path));
		if (!directory && present_not(errno))
			continue;
		failed = directory ? find_in(id, &found, directory, digits) : -1;
		if (failed)
			fail("cannot read '%s': %s", buf_text(&backend->path), strerror(errno));
		if (directory)
			closedir(directory);
		if (failed)
			return -1;
	}
	if (found > 1)
		return fail("'%s' is short for several objects", digits);
	return found ? 0 : GIT_ENOTFOUND;
}

/* What libgit2 wants it to take: NOLINTNEXTLINE(readability-function-size) */
static int read_prefix(git_oid *id, void **content, size_t *size, git_object_t *type,
		       git_odb_backend *parent, const git_oid *key, size_t length)
{
	int error = expand(id, (struct loose_backend *)parent, key, length);

	return error ? error : read_object(content, size, type, parent, id);
}

static void release(git_odb_backend *parent)
{
	struct loose_backend *backend = (struct loose_backend *)parent;

	loose_release(&backend->loose);
	buf_release(&backend->path);
}

int loose_backend_add(git_odb *odb, struct arena *arena, const struct strings *directories,
		      int priority)
{
	struct loose_backend *backend = arena_new(arena, struct loose_backend);

	backend->parent = (git_odb_backend){
		.version = GIT_ODB_BACKEND_VERSION,
		.read = read_object,
		.read_prefix = read_prefix,
		.read_header = read_header,
		.exists = exists,
		.free = release,
	};
	backend->directories = directories;
	loose_init(&backend->loose);
	if (git_odb_add_backend(odb, &backend->parent, priority) < 0)
		return fail_git("cannot add %s", "the loose objects");
	return 0;
}
