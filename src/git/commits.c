#include "git/commits.h"

#include <stdlib.h>
#include <string.h>

#include "git/handles.h"

#define MAX_TAG_CHAIN 50 /* tags of tags up to a commit */

/* The value of a header line "name value\n" at *at, which moves behind it; NULL where it is not. */
static const char *header(struct arena *arena, const char **at, const char *name)
{
	size_t size = strlen(name);
	const char *end = strchr(*at, '\n');
	const char *value = NULL;

	if (!end || strncmp(*at, name, size) != 0 || (*at)[size] != ' ')
		return NULL;
	value = arena_copy(arena, *at + size + 1, (size_t)(end - *at) - size - 1);
	*at = end + 1;
	return value;
}

static int parse_id(git_oid *id, const char *hex)
{
	if (!hex || strlen(hex) != GIT_OID_HEXSZ || git_oid_fromstr(id, hex) < 0)
		return -1;
	return 0;
}

/* "Name <mail> seconds zone": the seconds, 0 where they cannot be read. */
static int64_t date_of(const char *committer)
{
	const char *mail = committer ? strrchr(committer, '>') : NULL;

	return mail ? strtoll(mail + 1, NULL, 10) : 0;
}

static int parse(struct commits *commits, struct commit *commit, const char *at)
{
	struct {
		git_oid *items;
		size_t count, room;
	} parents = { 0 };
	const char *value = header(commits->arena, &at, "tree");

	if (parse_id(&commit->tree, value) < 0)
		return fail("commit %s is malformed: no tree", commit->hex);
	while ((value = header(commits->arena, &at, "parent")))
		if (parse_id(vec_add(commits->arena, &parents), value) < 0)
			return fail("commit %s is malformed: bad parent", commit->hex);
	(void)header(commits->arena, &at, "author");
	commit->date = date_of(header(commits->arena, &at, "committer"));
	commit->shallow = map_get(&commits->repository->shallow, commit->hex) != NULL;
	if (!commit->shallow) {
		commit->parent_ids = parents.items;
		commit->parents = parents.count;
	}
	return 0;
}

int commits_get(struct commits *commits, struct commit **commit, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];
	struct arena scratch = { 0 };
	struct text text = { 0 };
	int failed = 0;

	git_oid_tostr(hex, sizeof(hex), id);
	*commit = map_get(&commits->by_id, hex);
	if (*commit)
		return 0;
	*commit = arena_new(commits->arena, struct commit);
	git_oid_cpy(&(*commit)->id, id);
	memcpy((*commit)->hex, hex, sizeof(hex));
	failed = repository_read(commits->repository, &scratch, &text,
				 (struct wanted){ id, GIT_OBJECT_COMMIT, 0 });
	if (!failed)
		failed = parse(commits, *commit, text.bytes);
	arena_release(&scratch);
	if (failed)
		return -1;
	map_put(&commits->by_id, commits->arena, hex, *commit);
	return 0;
}

int commits_peel(struct commits *commits, struct commit **commit, git_oid *object,
		 git_object_t *type, const git_oid *id)
{
	*commit = NULL;
	*object = *id;
	for (int i = 0; i <= MAX_TAG_CHAIN; i++) {
		char hex[GIT_OID_HEXSZ + 1];
		struct text text = { 0 };
		size_t length = 0;

		git_oid_tostr(hex, sizeof(hex), object);
		if (git_odb_read_header(&length, type, commits->repository->odb, object) < 0)
			return fail_git("cannot read object %s", hex);
		if (*type == GIT_OBJECT_COMMIT)
			return commits_get(commits, commit, object);
		if (*type != GIT_OBJECT_TAG)
			return 0;
		if (repository_read(commits->repository, commits->arena, &text,
				    (struct wanted){ object, *type, 0 }) < 0)
			return -1;
		if (parse_id(object, header(commits->arena, &text.bytes, "object")) < 0)
			return fail("tag %s is malformed: no object", hex);
	}
	return fail("more than %d tags on the way to a commit", MAX_TAG_CHAIN);
}
