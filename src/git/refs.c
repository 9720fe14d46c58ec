#include "git/refs.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "git/handles.h"
#include "git/refs_files.h"

#define MAX_REF_LINE 4096 /* bytes of a symbolic ref that are looked at */
#define MAX_SYMBOLIC 5    /* symbolic refs on the way to one that is not, as in Git */

/* The object that a ref ends at. 0, 1 where it ends nowhere, or -1. */
static int resolve(git_oid *id, const git_reference *reference)
{
	OWNED(git_reference) *direct = NULL;
	int error = git_reference_resolve(&direct, reference);

	if (error == GIT_ENOTFOUND)
		return 1;
	if (error < 0)
		return fail_git("cannot resolve '%s'", git_reference_name(reference));
	git_oid_cpy(id, git_reference_target(direct));
	return 0;
}

static int read_with_library(struct refs *refs, struct repository *repository)
{
	OWNED(git_reference_iterator) *iterator = NULL;
	int error = git_reference_iterator_new(&iterator, repository->git);

	while (error == 0) {
		OWNED(git_reference) *reference = NULL;
		struct ref ref = { 0 };
		int nowhere = 0;

		error = git_reference_next(&reference, iterator);
		if (error)
			break;
		/* What a symbolic ref names is a ref of its own, under the name that counts. */
		if (git_reference_type(reference) == GIT_REFERENCE_SYMBOLIC)
			continue;
		nowhere = resolve(&ref.id, reference);
		if (nowhere < 0)
			return -1;
		ref.name = arena_string(repository->arena, git_reference_name(reference));
		if (!nowhere)
			*vec_add(repository->arena, refs) = ref;
	}
	return error == GIT_ITEROVER
		       ? 0
		       : fail_git("cannot read the refs of '%s'", repository->git_dir);
}

int refs_read(struct refs *refs, struct repository *repository)
{
	if (refs_read_files(refs, repository) == 0)
		return 0;
	*refs = (struct refs){ 0 };
	return read_with_library(refs, repository);
}

/* A ref that is a link, as old Git made them, names what the link names. 0; 1 where it is none. */
static int read_linked(char *line, const char *path)
{
	ssize_t length = readlink(path, line, MAX_REF_LINE);

	if (length < 0)
		return 1;
	line[length] = '\0';
	return strncmp(line, "refs/", 5) == 0 ? 0 : 1;
}

/* "ref: NAME". 0; 1 where it is none, or not there; or -1. */
static int read_symbolic(char *line, const char *path)
{
	int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	ssize_t length = 0;
	size_t blanks = 0;

	if (file < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG
			       ? 1
			       : fail("cannot read '%s': %s", path, strerror(errno));
	length = read(file, line, MAX_REF_LINE);
	close(file);
	if (length < 4 || strncmp(line, "ref:", 4) != 0)
		return 1;
	line[length] = '\0';
	blanks = strspn(line + 4, " \t");
	line[4 + blanks + strcspn(line + 4 + blanks, " \t\r\n")] = '\0';
	memmove(line, line + 4 + blanks, strlen(line + 4 + blanks) + 1);
	return 0;
}

/* What the ref names where it is symbolic: such a ref is always a file of its own, and the library
 * would read all packed ones to know. 0; 1 where it is not, or is not there; or -1. */
static int follow(const char **name, struct repository *repository)
{
	const char *path = arena_printf(repository->arena, "%s/%s", repository->common_dir, *name);
	char line[MAX_REF_LINE + 1];
	int ended = 0;

	if (strncmp(*name, "refs/", 5) != 0 || strstr(*name, ".."))
		return 1;
	ended = read_linked(line, path);
	if (ended)
		ended = read_symbolic(line, path);
	if (!ended)
		*name = arena_string(repository->arena, line);
	return ended;
}

int ref_follow(const char **name, struct repository *repository)
{
	const char *first = *name;
	int ended = 0;

	for (int i = 0; i <= MAX_SYMBOLIC && ended == 0; i++)
		ended = follow(name, repository);
	if (ended < 0)
		return -1;
	return ended ? 0 : fail("'%s' is a symbolic ref that leads to no other", first);
}

int ref_updates_follow(struct ref_updates *updates, struct repository *repository)
{
	vec_each (struct ref_update *, update, updates)
		if (ref_follow(&update->target, repository) < 0)
			return -1;
	return 0;
}
