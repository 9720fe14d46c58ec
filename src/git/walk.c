/*
 * Walks over commits: which ones a push brings, and in which order.
 * The library's own walker knows no shallow clones and is quadratic in the refs it hides.
 */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "git/queue.h"

enum {
	SEEN = 2,     /* is or was in the queue */
	HIDDEN = 4,   /* reachable from what is hidden */
	LISTED = 8,   /* commits_order() has given it out, or commits_between() has begun there */
	PENDING = 16, /* in the order being made */
	TIP = 32,     /* the walk began there */
};

/* How many hidden commits more are looked at when only such are left, against dates that lie (git's
 * limit_list() does the same with 5). */
#define SLOP 64

/* A walk in progress. */
struct walk {
	struct commits *commits;
	struct queue queue;
	int64_t oldest; /* date of the oldest commit found that is not hidden */
	bool has_root;  /* one of them has no parents: history is unrelated, or dates lie */
};

/* Hide what is reachable from a commit that was taken for new before. */
static void hide_behind(struct walk *walk, struct commit *commit)
{
	struct commit_list stack = { 0 };

	*vec_add(walk->commits->arena, &stack) = commit;
	while (stack.count > 0) {
		struct commit *at = stack.items[--stack.count];

		for (size_t i = 0; i < at->parents; i++) {
			struct commit *parent = commits_known(walk->commits, &at->parent_ids[i]);

			if (!parent || !(parent->flags & SEEN) || (parent->flags & HIDDEN))
				continue;
			queue_mark(&walk->queue, parent, HIDDEN);
			*vec_add(walk->commits->arena, &stack) = parent;
		}
	}
}

static void enter(struct walk *walk, struct commit *commit, unsigned flags)
{
	if (!(commit->flags & SEEN)) {
		commit->flags |= SEEN | flags;
		queue_add(&walk->queue, commit);
	} else if ((flags & HIDDEN) && !(commit->flags & HIDDEN)) {
		queue_mark(&walk->queue, commit, HIDDEN);
		hide_behind(walk, commit);
	}
}

static int enter_parents(struct walk *walk, const struct commit *commit)
{
	for (size_t i = 0; i < commit->parents; i++) {
		struct commit *parent = NULL;

		if (commits_get(walk->commits, &parent, &commit->parent_ids[i]) < 0) {
			/* Behind what is hidden a hole in the history hides nothing. */
			if (!(commit->flags & HIDDEN))
				return fail_in("parent of commit %s", commit->hex);
			failure_clear();
			continue;
		}
		enter(walk, parent, commit->flags & HIDDEN);
	}
	return 0;
}

static int shallow_end(const struct commit *commit)
{
	return fail("history ends at the shallow commit %s before the base is reached; run "
		    "'git fetch --unshallow' ('fetch-depth: 0' in GitHub Actions)",
		    commit->hex);
}

static int too_many(const struct commit *commit)
{
	return fail("more than %d commits are new, as of commit %s; bring them in parts",
		    MAX_COMMITS, commit->hex);
}

/* Has the queue nothing more that could change which commits are new? */
static bool is_over(const struct walk *walk, int *slop)
{
	if (walk->queue.list.count == 0)
		return true;
	if (walk->has_root || walk->queue.lively > 0 ||
	    walk->queue.list.items[0]->date >= walk->oldest) {
		*slop = SLOP;
		return false;
	}
	return --*slop < 0;
}

int commits_walk(struct commits *commits, const struct commit_list *tips,
		 const struct commit_list *hidden)
{
	struct walk walk = { .commits = commits,
			     .queue = { .arena = commits->arena, .dull = HIDDEN },
			     .oldest = INT64_MAX };
	int slop = SLOP;

	vec_each (struct commit **, commit, hidden)
		enter(&walk, *commit, HIDDEN);
	vec_each (struct commit **, commit, tips) {
		enter(&walk, *commit, 0);
		(*commit)->flags |= TIP;
	}
	while (!is_over(&walk, &slop)) {
		struct commit *commit = queue_take(&walk.queue);

		if (!(commit->flags & HIDDEN) && commit->shallow)
			return shallow_end(commit);
		if (!(commit->flags & HIDDEN) && ++commits->new_count > MAX_COMMITS)
			return too_many(commit);
		if (!(commit->flags & HIDDEN) && commit->date < walk.oldest)
			walk.oldest = commit->date;
		if (!(commit->flags & HIDDEN) && commit->parents == 0 && hidden->count > 0)
			walk.has_root = true;
		if (enter_parents(&walk, commit) < 0)
			return -1;
	}
	queue_end(&walk.queue);
	return 0;
}

static bool is_new(const struct commit *commit)
{
	return (commit->flags & (SEEN | HIDDEN)) == SEEN;
}

bool commit_is_boundary(const struct commit *commit)
{
	return !is_new(commit) || (commit->flags & TIP);
}

/* The new commits that tip brings, up to those with a flag of ends, each marked PENDING. */
static int collect(struct commits *commits, struct arena *arena, struct commit_list *found,
		   struct commit *tip, unsigned ends)
{
	struct commit_list stack = { 0 };

	*vec_add(arena, &stack) = tip;
	while (stack.count > 0) {
		struct commit *commit = stack.items[--stack.count];

		if (!is_new(commit) || (commit->flags & PENDING) ||
		    (commit != tip && (commit->flags & ends)))
			continue;
		commit->flags |= PENDING;
		*vec_add(arena, found) = commit;
		for (size_t i = 0; i < commit->parents; i++)
			if (commits_get(commits, vec_add(arena, &stack), &commit->parent_ids[i]) <
			    0)
				return -1;
	}
	return 0;
}

int commits_between(struct commits *commits, struct arena *arena, struct commit_list *found,
		    struct commit *tip)
{
	if (tip->flags & LISTED)
		return 0;
	if (collect(commits, arena, found, tip, TIP) < 0)
		return -1;
	vec_each (struct commit **, commit, found)
		(*commit)->flags &= ~(unsigned)PENDING;
	tip->flags |= LISTED;
	return 0;
}

/* For each commit how many of its parents are still to be listed, and who its children are. */
struct waiting {
	size_t parents;
	struct commit_list children;
};

static int link_parents(struct commits *commits, const struct commit_list *found)
{
	vec_each (struct commit **, commit, found)
		(*commit)->waiting = arena_new(commits->arena, struct waiting);
	vec_each (struct commit **, commit, found) {
		for (size_t i = 0; i < (*commit)->parents; i++) {
			struct commit *parent = NULL;

			if (commits_get(commits, &parent, &(*commit)->parent_ids[i]) < 0)
				return -1;
			if (!(parent->flags & PENDING))
				continue;
			(*commit)->waiting->parents++;
			*vec_add(commits->arena, &parent->waiting->children) = *commit;
		}
	}
	return 0;
}

int commits_order(struct commits *commits, struct commit_list *ordered, struct commit *tip)
{
	struct queue ready = { .arena = commits->arena, .oldest_first = true };
	struct commit_list found = { 0 };

	if (tip->flags & LISTED)
		return 0;
	if (collect(commits, commits->arena, &found, tip, LISTED) < 0 ||
	    link_parents(commits, &found) < 0)
		return -1;
	vec_each (struct commit **, commit, &found)
		if ((*commit)->waiting->parents == 0)
			queue_add(&ready, *commit);
	while (ready.list.count > 0) {
		struct commit *commit = queue_take(&ready);

		commit->flags = (commit->flags & ~(unsigned)PENDING) | LISTED;
		*vec_add(commits->arena, ordered) = commit;
		vec_each (struct commit **, child, &commit->waiting->children)
			if (--(*child)->waiting->parents == 0)
				queue_add(&ready, *child);
	}
	return 0;
}
