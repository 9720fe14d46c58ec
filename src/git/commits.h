#ifndef GIT_COMMITS_H
#define GIT_COMMITS_H

#include <git2.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "git/ids.h"
#include "git/refs.h"
#include "git/repository.h"

/* A commit's header, and what a walk has found out about it. */
struct commit {
	struct id_node node; /* its id */
	git_oid tree;
	char hex[GIT_OID_HEXSZ + 1];
	int64_t date; /* of the committer, seconds */
	git_oid *parent_ids;
	size_t parents;          /* of these, the first: those that are here */
	size_t named;            /* of these: also those that a shallow clone has not fetched */
	bool shallow;            /* it has parents that were not fetched */
	unsigned flags;          /* the walk's own */
	struct waiting *waiting; /* commits_order()'s own */
};

struct commit_list VEC(struct commit *);

/* Every commit that was read in a run, each once. */
struct commits {
	struct repository *repository;
	struct arena *arena;
	struct ids by_id;
	size_t new_count;      /* that walks have found so far, and not hidden */
	size_t ancestor_steps; /* taken to common ancestors */
};

/* The commit of that id, where it was read before; else NULL. */
struct commit *commits_known(const struct commits *commits, const git_oid *id);

/* The same, or what Git's commit-graph has of it; else NULL. */
struct commit *commits_find(struct commits *commits, const git_oid *id);

/* One that nothing is known of but its id, and that is not found by it yet. */
struct commit *commit_new(struct arena *arena, const git_oid *id);

/* Take its header from the bytes of its object; its parents are in the arena. 0, or -1. */
int commit_parse(struct commit *commit, struct arena *arena, const struct repository *repository,
		 struct text text);

/* The commit of that id. 0, or -1. */
int commits_get(struct commits *commits, struct commit **commit, const git_oid *id);

/* Read the packed ones of many commits with two threads: they are known afterwards. What cannot be
 * read this way is left to who asks for it. */
void commits_warm(struct commits *commits, const struct refs *refs);

/* What an object is or, through tags, means: its type and id, and the commit where it is one
 * (else NULL). 0, or -1. */
int commits_peel(struct commits *commits, struct commit **commit, git_oid *object,
		 git_object_t *type, const git_oid *id);

/* Where the steps of a revision begin that lead on from a commit, as in "main~3" and "HEAD^2~1";
 * "": it has none. */
const char *ancestor_steps(const char *revision);

/* Go those steps from a commit. 0; 1 where they lead to none that is here; or -1. */
int commits_ancestor(struct commits *commits, struct commit **commit, const char *steps);

/*
 * The commits reachable from tips and from none of hidden, in walk order; each is marked so that
 * commits_order() can take them up. A new commit whose parents were not fetched is a failure,
 * since nobody can say what it inherits. 0, or -1.
 */
int commits_walk(struct commits *commits, const struct commit_list *tips,
		 const struct commit_list *hidden);

/* The commits of the last walk that tip brings and no earlier call has listed, parents first and
 * else the oldest first. 0, or -1. */
int commits_order(struct commits *commits, struct commit_list *ordered, struct commit *tip);

/* Was it known before the last walk, or did that begin there? */
bool commit_is_boundary(const struct commit *commit);

/* The commits of the last walk from tip down to their boundaries, in arena; none where an earlier
 * call had the same tip. 0, or -1. */
int commits_between(struct commits *commits, struct arena *arena, struct commit_list *found,
		    struct commit *tip);

/* The best common ancestors of two commits. */
struct merge_bases {
	struct commit_list list;
	bool is_cut; /* there may be better ones, behind parents that were not fetched */
};

/* As git-merge-base(1) --all finds them. 0, or -1. */
int commits_merge_bases(struct commits *commits, struct merge_bases *bases, struct commit *one,
			struct commit *other);

#endif
