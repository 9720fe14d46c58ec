#ifndef GIT_HISTORY_H
#define GIT_HISTORY_H

#include "git/commits.h"
#include "git/index.h"
#include "git/ref_updates.h"
#include "git/refs.h"
#include "git/tree.h"
#include "model/history.h"

/* Where histories are made from: an open repository and what was read of it in this run. */
struct git_source {
	struct arena *arena; /* lives as long as the run */
	struct repository repository;
	struct commits commits;
	struct trees trees;
	struct index index;
	bool is_staged;   /* the live files are the index, else the work tree at root */
	const char *root; /* of the live files */
};

/* Tie a source together once its repository is open. */
void git_source_init(struct git_source *source, struct arena *arena, watcher *watches);

/* The commit that a revision names. 0; 1 where HEAD has none yet; or -1. */
int git_source_commit(struct git_source *source, struct commit **commit, const char *revision);

/* The commit of that id, or of the tag of that id. 0; 1 where no object has it; or -1. */
int git_source_object(struct git_source *source, struct commit **commit, const git_oid *id);

/* The live files: the index (bases: HEAD and what is being merged, also as only Git's merge itself
 * knows it where in_merge says so), or the work tree (base NULL: none). 0, or -1. */
int history_of_index(struct history *history, struct git_source *source, bool in_merge);
int history_of_worktree(struct history *history, struct git_source *source, const char *base);

/* One commit's tree; base NULL: none. A HEAD without commit is an empty history. 0, or -1. */
int history_of_revision(struct history *history, struct git_source *source, const char *revision,
			const char *base);

/* Every commit of "A..B". 0, or -1. */
int history_of_range(struct history *history, struct git_source *source, const char *range);

/* What a push brings: how its refs are judged. */
struct push {
	struct ref_updates updates; /* of refs that are judged; deletions are let pass */
	struct refs known;          /* what was judged before */
	bool tip;                   /* only the last commit of each ref */
};

int history_of_push(struct history *history, struct git_source *source, const struct push *push);

#endif
