#include "git/history.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "git/changes.h"
#include "git/handles.h"
#include "git/worktree.h"

void git_source_init(struct git_source *source, struct arena *arena, watcher *watches)
{
	source->arena = arena;
	source->commits.repository = &source->repository;
	source->commits.arena = arena;
	source->trees.repository = &source->repository;
	source->trees.arena = arena;
	source->trees.watches = watches;
}

static int open_view(const struct history *history, struct snapshot *snapshot, struct arena *arena,
		     struct view view)
{
	struct git_source *source = history->source;
	struct index *index = source->repository.git ? &source->index : NULL;

	if (view.tree)
		return tree_snapshot(snapshot, arena, &source->trees, view);
	if (source->is_staged)
		return index_snapshot(snapshot, arena, index);
	return worktree_snapshot(snapshot, arena, source->root, index, source->trees.watches);
}

static int parse_id(git_oid *id, const char *hex)
{
	return id_parse(id, hex) < 0 ? fail("bad id '%s'", hex) : 0;
}

static int differ(const struct history *history, struct difference *difference, const char *one,
		  const char *other)
{
	struct git_source *source = history->source;
	git_oid ids[2];

	if ((one && parse_id(&ids[0], one) < 0) || (other && parse_id(&ids[1], other) < 0))
		return -1;
	return trees_differ(&source->trees, difference, one ? &ids[0] : NULL,
			    other ? &ids[1] : NULL);
}

static int commit_of(struct git_source *source, struct commit **commit, const struct parent *parent)
{
	git_oid id;

	if (parse_id(&id, parent->commit) < 0)
		return -1;
	return commits_get(&source->commits, commit, &id);
}

static int merge_bases(const struct history *history, struct strings *trees,
		       const struct parent *one, const struct parent *other)
{
	struct git_source *source = history->source;
	struct merge_bases bases = { 0 };
	struct commit *left = NULL, *right = NULL;

	if (commit_of(source, &left, one) < 0 || commit_of(source, &right, other) < 0 ||
	    commits_merge_bases(&source->commits, &bases, left, right) < 0)
		return -1;
	vec_each (struct commit **, base, &bases.list)
		*vec_add(source->arena, trees) = id_hex(source->arena, &(*base)->tree);
	return 0;
}

void history_begin(struct history *history, struct git_source *source)
{
	*history = (struct history){
		.open = open_view, .differ = differ, .merge_bases = merge_bases, .source = source
	};
}

int git_source_commit(struct git_source *source, struct commit **commit, const char *revision)
{
	struct repository *repository = &source->repository;
	const char *steps = ancestor_steps(revision);
	const char *start = arena_copy(source->arena, revision, strlen(revision) - strlen(steps));
	git_object_t type = GIT_OBJECT_COMMIT;
	git_oid id, object;
	int missing = repository_revision(repository, &id, start);

	if (missing > 0 && *steps)
		return repository_unknown(repository, revision);
	if (missing)
		return missing;
	if (commits_peel(&source->commits, commit, &object, &type, &id) < 0)
		return -1;
	if (!*commit)
		return fail("'%s' is no commit", start);
	missing = commits_ancestor(&source->commits, commit, steps);
	return missing > 0 ? repository_unknown(repository, revision) : missing;
}

int git_source_object(struct git_source *source, struct commit **commit, const git_oid *id)
{
	git_object_t type = GIT_OBJECT_COMMIT;
	git_oid object;
	char hex[GIT_OID_HEXSZ + 1];

	if (!git_odb_exists(source->repository.odb, id))
		return 1;
	if (commits_peel(&source->commits, commit, &object, &type, id) < 0)
		return -1;
	git_oid_tostr(hex, sizeof(hex), id);
	return *commit ? 0
		       : fail("object %s is a %s where a commit should be", hex,
			      git_object_type2string(type));
}

static int add_base(struct git_source *source, struct change *change, const char *base)
{
	struct commit *commit = NULL;
	int unborn = base ? git_source_commit(source, &commit, base) : 0;

	if (commit)
		changes_add_parent(source, change, commit);
	return unborn < 0 ? -1 : 0;
}

/* For git_repository_mergehead_foreach(). */
struct merge_heads {
	struct git_source *source;
	struct change *change;
};

static int add_merge_head(const git_oid *id, void *payload)
{
	struct merge_heads *heads = payload;
	struct commit *commit = NULL;

	if (commits_get(&heads->source->commits, &commit, id) < 0)
		return -1;
	changes_add_parent(heads->source, heads->change, commit);
	return 0;
}

/* In pre-merge-commit there is no MERGE_HEAD yet; git merge leaves GITHEAD_<id> variables. */
static int add_heads_of_environment(struct merge_heads *heads)
{
	static const char prefix[] = "GITHEAD_";

	for (char **variable = environ; *variable; variable++) {
		char digits[GIT_OID_HEXSZ + 1] = "";
		const char *name = *variable + sizeof(prefix) - 1;
		git_oid id;

		if (strncmp(*variable, prefix, sizeof(prefix) - 1) != 0 ||
		    strspn(name, "0123456789abcdef") != GIT_OID_HEXSZ)
			continue;
		memcpy(digits, name, GIT_OID_HEXSZ);
		if (git_oid_fromstr(&id, digits) < 0 || add_merge_head(&id, heads) < 0)
			return -1;
	}
	return 0;
}

int history_of_index(struct history *history, struct git_source *source, bool in_merge)
{
	struct merge_heads heads = { .source = source };
	int error = 0;

	history_begin(history, source);
	source->is_staged = true;
	if (index_read(&source->index, source->arena, &source->repository, source->trees.watches) <
	    0)
		return -1;
	source->trees.index = &source->index;
	heads.change = vec_add(source->arena, &history->changes);
	if (add_base(source, heads.change, "HEAD") < 0)
		return -1;
	error = git_repository_mergehead_foreach(source->repository.git, add_merge_head, &heads);
	if (error < 0 && error != GIT_ENOTFOUND)
		return failure_status() ? -1 : fail_git("cannot read %s", "MERGE_HEAD");
	return in_merge ? add_heads_of_environment(&heads) : 0;
}

int history_of_worktree(struct history *history, struct git_source *source, const char *base)
{
	history_begin(history, source);
	if (source->repository.git && index_read(&source->index, source->arena, &source->repository,
						 source->trees.watches) < 0)
		return -1;
	return add_base(source, vec_add(source->arena, &history->changes), base);
}

int history_of_revision(struct history *history, struct git_source *source, const char *revision,
			const char *base)
{
	struct commit *commit = NULL;
	int unborn = 0;

	history_begin(history, source);
	unborn = git_source_commit(source, &commit, revision);
	if (unborn)
		return unborn < 0 ? -1 : 0;
	return add_base(source, changes_add_commit(history, source, commit), base);
}

static int split_range(struct arena *arena, const char *range, const char **from, const char **to)
{
	const char *dots = strstr(range, "..");

	if (!dots || dots == range || dots[2] == '.')
		return fail_usage("'%s' is no range; write it as A..B", range);
	*from = arena_copy(arena, range, (size_t)(dots - range));
	*to = dots[2] ? dots + 2 : "HEAD";
	return 0;
}

int history_of_range(struct history *history, struct git_source *source, const char *range)
{
	struct commit_list tips = { 0 }, hidden = { 0 };
	struct commit *base = NULL, *tip = NULL;
	const char *from = "", *to = "";

	history_begin(history, source);
	if (split_range(source->arena, range, &from, &to) < 0)
		return -1;
	if (git_source_commit(source, &base, from) != 0 || git_source_commit(source, &tip, to) != 0)
		return failure_status() ? -1 : fail("HEAD has no commit yet");
	*vec_add(source->arena, &tips) = tip;
	*vec_add(source->arena, &hidden) = base;
	if (commits_walk(&source->commits, &tips, &hidden) < 0)
		return -1;
	return changes_add_each(history, source, tip, NULL);
}
