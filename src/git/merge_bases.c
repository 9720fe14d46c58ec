/* What two commits have in common. */
#include "base/fail.h"
#include "base/limits.h"
#include "git/queue.h"

/* The flags of walk.c stay as they are. */
enum {
	LEFT = 1 << 16,    /* ancestor of the one */
	RIGHT = 1 << 17,   /* ancestor of the other */
	STALE = 1 << 18,   /* below a common ancestor already found */
	RESULT = 1 << 19,  /* common ancestor */
	TOUCHED = 1 << 20, /* has one of the four flags above */
};

/* A search for common ancestors in progress. */
struct search {
	struct commits *commits;
	struct arena arena; /* of this search alone */
	struct queue queue;
	struct commit_list common, touched;
};

static void touch(struct search *search, struct commit *commit, unsigned flags)
{
	if (!(commit->flags & TOUCHED))
		*vec_add(&search->arena, &search->touched) = commit;
	queue_mark(&search->queue, commit, flags | TOUCHED);
	queue_add(&search->queue, commit);
}

/* Pass the sides of a commit on to its parents. */
static int paint_parents(struct search *search, const struct commit *commit, unsigned flags)
{
	for (size_t i = 0; i < commit->parents; i++) {
		struct commit *parent = NULL;

		if (commits_get(search->commits, &parent, &commit->parent_ids[i]) < 0)
			return -1;
		if ((parent->flags & flags) != flags)
			touch(search, parent, flags);
	}
	return 0;
}

static int paint(struct search *search)
{
	while (search->queue.lively > 0) {
		struct commit *commit = queue_take(&search->queue);
		unsigned flags = commit->flags & (LEFT | RIGHT | STALE);

		if (++search->commits->ancestor_steps > MAX_ANCESTOR_STEPS)
			return fail("more than %u steps to what the parents of merges have in "
				    "common, as of commit %s; bring less at once",
				    MAX_ANCESTOR_STEPS, commit->hex);
		if (flags == (LEFT | RIGHT)) {
			if (!(commit->flags & RESULT))
				*vec_add(&search->arena, &search->common) = commit;
			commit->flags |= RESULT;
			flags |= STALE;
		}
		if (paint_parents(search, commit, flags) < 0)
			return -1;
	}
	return 0;
}

static bool is_of_one_side(const struct commit *commit)
{
	unsigned sides = commit->flags & (LEFT | RIGHT);

	return sides == LEFT || sides == RIGHT;
}

static int begin(struct search *search, struct commits *commits, struct commit *one,
		 const struct commit_list *others)
{
	*search = (struct search){ .commits = commits, .queue = { .dull = STALE } };
	search->queue.arena = &search->arena;
	touch(search, one, LEFT);
	vec_each (struct commit **, other, others)
		if (*other != one)
			touch(search, *other, RIGHT);
	return paint(search);
}

static void end(struct search *search)
{
	vec_each (struct commit **, commit, &search->touched)
		(*commit)->flags &=
			~(unsigned)(COMMIT_QUEUED | LEFT | RIGHT | STALE | RESULT | TOUCHED);
	arena_release(&search->arena);
}

/* Where dates lie, a search is over before it has seen that one of its results is an ancestor of
 * another: leave those out, as Git does (remove_redundant() in commit-reach.c). 0, or -1. */
static int keep_best(struct commits *commits, struct commit_list *bases)
{
	const struct commit_list all = *bases;

	if (all.count < 2)
		return 0;
	*bases = (struct commit_list){ 0 };
	vec_each (struct commit **, base, &all) {
		struct search search;
		int failed = begin(&search, commits, *base, &all);

		if (!failed && !((*base)->flags & RIGHT))
			*vec_add(commits->arena, bases) = *base;
		end(&search);
		if (failed)
			return -1;
	}
	return 0;
}

int commits_merge_bases(struct commits *commits, struct merge_bases *bases, struct commit *one,
			struct commit *other)
{
	const struct commit_list others = { .items = &other, .count = 1 };
	struct search search;
	int failed = 0;

	if (one == other) {
		*vec_add(commits->arena, &bases->list) = one;
		return 0;
	}
	failed = begin(&search, commits, one, &others);
	vec_each (struct commit **, commit, &search.common)
		if (!((*commit)->flags & STALE))
			*vec_add(commits->arena, &bases->list) = *commit;
	vec_each (struct commit **, commit, &search.touched)
		bases->is_cut |= (*commit)->shallow && is_of_one_side(*commit);
	end(&search);
	return failed ? -1 : keep_best(commits, &bases->list);
}
