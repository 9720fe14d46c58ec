#include "git/commits.h"

#include <stdlib.h>
#include <string.h>

#include "git/handles.h"

#define MAX_TAG_CHAIN 50 /* tags of tags up to a commit */

/* A commit or tag object's bytes that were not read yet. */
struct reading {
	const char *at, *end;
};

/* The line "name value" that is next: its value, which ends before *line_end; NULL: it is not. */
static const char *header(struct reading *reading, const char **line_end, const char *name)
{
	size_t size = strlen(name), left = (size_t)(reading->end - reading->at);
	const char *value = reading->at + size + 1;

	if (left <= size || memcmp(reading->at, name, size) != 0 || reading->at[size] != ' ')
		return NULL;
	*line_end = memchr(value, '\n', left - size - 1);
	if (!*line_end)
		return NULL;
	reading->at = *line_end + 1;
	return value;
}

/* A line "name id". 0; 1 where the next one has another name; or -1. */
static int id_header(git_oid *id, struct reading *reading, const char *name)
{
	const char *end = NULL;
	const char *value = header(reading, &end, name);

	if (!value)
		return 1;
	return end - value == GIT_OID_HEXSZ ? id_parse(id, value) : -1;
}

/* "Name <mail> seconds zone": the seconds, 0 where they cannot be read. */
static int64_t date_of(struct reading *reading)
{
	const char *end = NULL;
	const char *committer = header(reading, &end, "committer");
	const char *mail = committer ? memrchr(committer, '>', (size_t)(end - committer)) : NULL;

	/* The end of the line ends the number, too, but not the space before it. */
	return mail && mail + 1 + strspn(mail + 1, " \t\v\f\r") < end ? strtoll(mail + 1, NULL, 10)
								      : 0;
}

static size_t count_parents(struct reading reading)
{
	const char *end = NULL;
	size_t count = 0;

	while (header(&reading, &end, "parent"))
		count++;
	return count;
}

static int parse(struct commits *commits, struct commit *commit, struct reading reading)
{
	const char *end = NULL;
	size_t parents = 0;

	if (id_header(&commit->tree, &reading, "tree") != 0)
		return fail("commit %s is malformed: no tree", commit->hex);
	parents = count_parents(reading);
	if (parents > 0)
		commit->parent_ids = arena_alloc(commits->arena, parents * sizeof(git_oid));
	for (size_t i = 0; i < parents; i++)
		if (id_header(&commit->parent_ids[i], &reading, "parent") != 0)
			return fail("commit %s is malformed: bad parent", commit->hex);
	(void)header(&reading, &end, "author");
	commit->date = date_of(&reading);
	commit->shallow = map_get(&commits->repository->shallow, commit->hex) != NULL;
	commit->named = parents;
	commit->parents = commit->shallow ? 0 : parents;
	return 0;
}

static struct reading reading_of(git_odb_object *object)
{
	const char *bytes = git_odb_object_data(object);

	return (struct reading){ bytes, bytes + git_odb_object_size(object) };
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
	if (parse(commits, read, reading_of(object)) < 0)
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
	struct reading reading = { 0 };

	git_oid_tostr(hex, sizeof(hex), object);
	if (repository_object(&tag, commits->repository,
			      (struct wanted){ object, GIT_OBJECT_TAG, 0 }) < 0)
		return -1;
	reading = reading_of(tag);
	if (id_header(object, &reading, "object") != 0)
		return fail("tag %s is malformed: no object", hex);
	return 0;
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
