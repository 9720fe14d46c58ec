#include "git/commits.h"

#include "base/limits.h"
#include "git/commit_object.h"
#include "git/handles.h"

static struct text text_of(git_odb_object *object)
{
	return (struct text){ git_odb_object_data(object), git_odb_object_size(object) };
}

static int parse(struct commits *commits, struct commit *commit, git_odb_object *object)
{
	struct commit_object found = { 0 };
	const char *lack = commit_object_read(&found, commits->arena, text_of(object));

	if (lack)
		return fail("commit %s is malformed: %s", commit->hex, lack);
	commit->tree = found.tree;
	commit->date = found.date;
	commit->parent_ids = found.parent_ids;
	commit->shallow = map_get(&commits->repository->shallow, commit->hex) != NULL;
	commit->named = found.parents;
	commit->parents = commit->shallow ? 0 : found.parents;
	return 0;
}

struct commit *commits_known(const struct commits *commits, const git_oid *id)
{
	return (struct commit *)ids_get(&commits->by_id, id);
}

static struct commit *commit_new(struct commits *commits, const git_oid *id)
{
	struct commit *commit = arena_new(commits->arena, struct commit);

	commit->node.id = *id;
	git_oid_tostr(commit->hex, sizeof(commit->hex), id);
	return commit;
}

/* The commit where it was read before, or Git has put its header into the graph; else NULL. */
static struct commit *find(struct commits *commits, const git_oid *id)
{
	struct commit *commit = commits_known(commits, id);
	struct graph_commit found;

	if (commit || !commit_graph_find(&commits->repository->graph, &found, commits->arena, id))
		return commit;
	commit = commit_new(commits, id);
	commit->tree = found.tree;
	commit->date = found.date;
	commit->parent_ids = found.parent_ids;
	commit->parents = commit->named = found.parents;
	ids_put(&commits->by_id, commits->arena, &commit->node);
	return commit;
}

int commits_get(struct commits *commits, struct commit **commit, const git_oid *id)
{
	OWNED(git_odb_object) *object = NULL;
	struct commit *read = NULL;

	*commit = find(commits, id);
	if (*commit)
		return 0;
	if (repository_object(&object, commits->repository,
			      (struct wanted){ id, GIT_OBJECT_COMMIT, 0 }) < 0)
		return -1;
	read = commit_new(commits, id);
	if (parse(commits, read, object) < 0)
		return -1;
	ids_put(&commits->by_id, commits->arena, &read->node);
	*commit = read;
	return 0;
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
		char hex[GIT_OID_HEXSZ + 1];
		size_t length = 0;

		*commit = find(commits, object);
		*type = GIT_OBJECT_COMMIT;
		if (*commit)
			return 0;
		if (git_odb_read_header(&length, type, commits->repository->odb, object) < 0) {
			git_oid_tostr(hex, sizeof(hex), object);
			return fail_git("cannot read object %s", hex);
		}
		if (*type == GIT_OBJECT_COMMIT)
			return commits_get(commits, commit, object);
		if (*type != GIT_OBJECT_TAG)
			return 0;
		if (follow_tag(object, commits) < 0)
			return -1;
	}
	return fail("more than %d tags on the way to a commit", MAX_TAG_CHAIN);
}
