#include "git/changes.h"
#include "git/handles.h"

/* What an updated ref will name: its commit, or a tree by itself, or nothing with files. */
struct pushed {
	const struct ref_update *update;
	struct commit *tip;
	git_oid tree;
	bool is_tree;
};

struct pusheds VEC(struct pushed);

static int find_tips(struct pusheds *pushed, struct git_source *source, const struct push *push)
{
	vec_each (const struct ref_update *, update, &push->updates) {
		struct pushed *entry = NULL;
		git_object_t type = GIT_OBJECT_COMMIT;

		if (git_oid_is_zero(&update->after))
			continue;
		entry = vec_add(source->arena, pushed);
		entry->update = update;
		if (commits_peel(&source->commits, &entry->tip, &entry->tree, &type,
				 &update->after) < 0)
			return fail_in("%s", update->name);
		entry->is_tree = type == GIT_OBJECT_TREE;
	}
	return 0;
}

/* Commits known before; a ref that names something else hides nothing. */
static int find_hidden(struct commit_list *hidden, struct git_source *source,
		       const struct refs *known)
{
	commits_warm(&source->commits, known);
	vec_each (const struct ref *, ref, known) {
		struct commit *commit = NULL;
		git_object_t type = GIT_OBJECT_COMMIT;
		git_oid object;

		/* Nor does a ref whose object is missing: what it has is then judged again. */
		if (commits_peel(&source->commits, &commit, &object, &type, &ref->id) < 0)
			failure_clear();
		else if (commit)
			*vec_add(source->arena, hidden) = commit;
	}
	return 0;
}

/* Is a tree by itself that of a commit which is known, or judged in this push? */
static bool is_of_commit(const struct commit_list *commits, const git_oid *tree)
{
	vec_each (struct commit **, commit, commits)
		if (git_oid_equal(&(*commit)->tree, tree))
			return true;
	return false;
}

static int add_pushed(struct history *history, struct git_source *source,
		      const struct pushed *pushed, bool tip)
{
	const char *ref = pushed->update->name;

	if (pushed->is_tree)
		*vec_add(source->arena, &history->changes) =
			(struct change){ .ref = ref, .tree = id_hex(source->arena, &pushed->tree) };
	if (!pushed->tip)
		return 0;
	return tip ? changes_add_tip(history, source, pushed->tip, ref)
		   : changes_add_each(history, source, pushed->tip, ref);
}

int history_of_push(struct history *history, struct git_source *source, const struct push *push)
{
	struct commit_list tips = { 0 }, hidden = { 0 };
	struct pusheds pushed = { 0 };

	history_begin(history, source);
	if (find_tips(&pushed, source, push) < 0 || find_hidden(&hidden, source, &push->known) < 0)
		return -1;
	vec_each (const struct pushed *, entry, &pushed)
		if (entry->tip)
			*vec_add(source->arena, &tips) = entry->tip;
	vec_each (struct pushed *, entry, &pushed)
		if (entry->is_tree &&
		    (is_of_commit(&tips, &entry->tree) || is_of_commit(&hidden, &entry->tree)))
			entry->is_tree = false;
	if (commits_walk(&source->commits, &tips, &hidden) < 0)
		return -1;
	vec_each (const struct pushed *, entry, &pushed)
		if (add_pushed(history, source, entry, push->tip) < 0)
			return -1;
	return 0;
}
