#include "git/changes.h"

#include <string.h>

#include "base/deadline.h"

void changes_add_parent(struct git_source *source, struct change *change,
			const struct commit *commit)
{
	vec_each (const struct parent *, known, &change->parents)
		if (strcmp(known->commit, commit->hex) == 0)
			return;
	*vec_add(source->arena, &change->parents) =
		(struct parent){ .commit = commit->hex,
				 .tree = id_hex(source->arena, &commit->tree) };
}

struct change *changes_add_commit(struct history *history, struct git_source *source,
				  const struct commit *commit)
{
	struct change *change = vec_add(source->arena, &history->changes);

	*change = (struct change){ .commit = commit->hex,
				   .tree = id_hex(source->arena, &commit->tree) };
	return change;
}

static int add_all_parents(struct git_source *source, struct change *change,
			   const struct commit *commit)
{
	for (size_t i = 0; i < commit->parents; i++) {
		struct commit *parent = NULL;

		if (commits_get(&source->commits, &parent, &commit->parent_ids[i]) < 0)
			return -1;
		changes_add_parent(source, change, parent);
	}
	return 0;
}

/* Every new commit that tip brings. */
int changes_add_each(struct history *history, struct git_source *source, struct commit *tip,
		     const char *ref)
{
	struct commit_list ordered = { 0 };

	if (commits_order(&source->commits, &ordered, tip) < 0)
		return -1;
	vec_each (struct commit **, commit, &ordered) {
		struct change *change = changes_add_commit(history, source, *commit);

		change->ref = ref;
		if (add_all_parents(source, change, *commit) < 0)
			return -1;
	}
	return 0;
}

/* What the line of first parents comes from counts as the first parent. */
static int add_first_boundary(struct git_source *source, struct change *change,
			      struct commit *commit)
{
	do {
		if (commit->parents == 0)
			return 0;
		if (commits_get(&source->commits, &commit, &commit->parent_ids[0]) < 0)
			return -1;
	} while (!commit_is_boundary(commit));
	changes_add_parent(source, change, commit);
	return 0;
}

/* The parents of the new commits that were judged before, or are a tip as well. */
static int add_boundaries(struct git_source *source, struct change *change,
			  const struct commit_list *found)
{
	vec_each (struct commit **, commit, found) {
		for (size_t i = 0; i < (*commit)->parents; i++) {
			struct commit *parent = NULL;

			if (commits_get(&source->commits, &parent, &(*commit)->parent_ids[i]) < 0)
				return -1;
			if (commit_is_boundary(parent))
				changes_add_parent(source, change, parent);
		}
	}
	return 0;
}

/* The tip alone. What lies between it and its boundaries, other refs of the push may have, too. */
int changes_add_tip(struct history *history, struct git_source *source, struct commit *tip,
		    const char *ref)
{
	struct commit_list found = { 0 };
	struct change *change = NULL;
	struct arena arena = { 0 };
	int failed =
		deadline_check() < 0 || commits_between(&source->commits, &arena, &found, tip) < 0;

	if (!failed && found.count > 0) {
		change = changes_add_commit(history, source, tip);
		change->ref = ref;
		failed = add_first_boundary(source, change, tip) < 0 ||
			 add_boundaries(source, change, &found) < 0;
	}
	arena_release(&arena);
	return failed ? -1 : 0;
}
