#include "git/commits.h"

#include "base/deadline.h"
#include "base/limits.h"
#include "git/commit_object.h"
#include "git/handles.h"
#include "git/packs.h"

static struct text text_of(git_odb_object *object)
{
	return (struct text){ git_odb_object_data(object), git_odb_object_size(object) };
}

struct commit *commits_known(const struct commits *commits, const git_oid *id)
{
	return (struct commit *)ids_get(&commits->by_id, id);
}

struct commit *commit_new(struct arena *arena, const git_oid *id)
{
	struct commit *commit = arena_new(arena, struct commit);

	commit->node.id = *id;
	git_oid_tostr(commit->hex, sizeof(commit->hex), id);
	return commit;
}

int commit_parse(struct commit *commit, struct arena *arena, const struct repository *repository,
		 struct text text)
{
	struct commit_object found = { 0 };
	const char *lack = commit_object_read(&found, arena, text);

	if (lack)
		return fail("commit %s is malformed: %s", commit->hex, lack);
	commit->tree = found.tree;
	commit->date = found.date;
	commit->parent_ids = found.parent_ids;
	commit->shallow = map_get(&repository->shallow, commit->hex) != NULL;
	commit->named = found.parents;
	commit->parents = commit->shallow ? 0 : found.parents;
	return 0;
}

struct commit *commits_find(struct commits *commits, const git_oid *id)
{
	struct commit *commit = commits_known(commits, id);
	struct graph_commit found;

	if (commit || !commit_graph_find(&commits->repository->graph, &found, commits->arena, id))
		return commit;
	commit = commit_new(commits->arena, id);
	commit->tree = found.tree;
	commit->date = found.date;
	commit->parent_ids = found.parent_ids;
	commit->parents = commit->named = found.parents;
	ids_put(&commits->by_id, commits->arena, &commit->node);
	return commit;
}

static int add(struct commits *commits, struct commit **commit, const git_oid *id, struct text text)
{
	struct commit *read = commit_new(commits->arena, id);

	if (commit_parse(read, commits->arena, commits->repository, text) < 0)
		return -1;
	ids_put(&commits->by_id, commits->arena, &read->node);
	*commit = read;
	return 0;
}

static int read_commit(struct commits *commits, struct commit **commit, const git_oid *id)
{
	OWNED(git_odb_object) *object = NULL;
	const struct pack_object *packed = packs_read(commits->repository->packs, id);

	if (packed && packed->type == GIT_OBJECT_COMMIT)
		return deadline_check() < 0 ? -1 : add(commits, commit, id, packed->content);
	if (repository_object(&object, commits->repository,
			      (struct wanted){ id, GIT_OBJECT_COMMIT, 0 }) < 0)
		return -1;
	return add(commits, commit, id, text_of(object));
}

int commits_get(struct commits *commits, struct commit **commit, const git_oid *id)
{
	*commit = commits_find(commits, id);
	return *commit ? 0 : read_commit(commits, commit, id);
}

/* Put the object that a tag is of in its place. 0, or -1. */
static int follow_tag(git_oid *object, struct commits *commits)
{
	OWNED(git_odb_object) *tag = NULL;
	char hex[GIT_OID_HEXSZ + 1];
	const char *lack = NULL;

	git_oid_tostr(hex, sizeof(hex), object);
	if (repository_object(&tag, commits->repository,
			      (struct wanted){ object, GIT_OBJECT_TAG, 0 }) < 0)
		return -1;
	lack = tag_object_read(object, text_of(tag));
	return lack ? fail("tag %s is malformed: %s", hex, lack) : 0;
}

int commits_peel(struct commits *commits, struct commit **commit, git_oid *object,
		 git_object_t *type, const git_oid *id)
{
	*commit = NULL;
	*object = *id;
	for (int i = 0; i <= MAX_TAG_CHAIN; i++) {
		*commit = commits_find(commits, object);
		*type = GIT_OBJECT_COMMIT;
		if (*commit)
			return 0;
		if (repository_type(type, commits->repository, object) < 0)
			return -1;
		if (*type == GIT_OBJECT_COMMIT)
			return read_commit(commits, commit, object);
		if (*type != GIT_OBJECT_TAG)
			return 0;
		if (follow_tag(object, commits) < 0)
			return -1;
	}
	return fail("more than %d tags on the way to a commit", MAX_TAG_CHAIN);
}
