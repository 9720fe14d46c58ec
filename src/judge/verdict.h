#ifndef JUDGE_VERDICT_H
#define JUDGE_VERDICT_H

#include "base/table.h"
#include "judge/ruling.h"
#include "model/history.h"
#include "model/policy.h"

/* What one tree holds, by itself. It shares with the verdict it was made from what is the same. */
struct verdict {
	struct map rulings; /* struct ruling *, by the name of the area */
	struct map counts;  /* by fingerprint, of findings that are not waived */
	struct totals totals;
	const struct verdict *base; /* NULL: it was made from none */
	bool is_listed;             /* what was not checked in it is in the report */
};

/*
 * The verdicts of a run, all by the same policy. A tree's is made from that on another: judged is
 * what could tell one from the other, and what is found is what judging all of it would find.
 */
struct verdicts {
	struct arena *arena; /* lives as long as the run */
	const struct history *history;
	const struct policy *policy;
	bool is_alone; /* there is one tree to judge, and nothing to compare it with */
	struct table by_tree;
	const char *last; /* the tree that was judged last; NULL: none was */
	size_t trials;
	struct areas areas;
	struct trace trace; /* what areas rest on, besides their watched files */
	struct blobs blobs;
	struct arena scratch;  /* for one tree */
	struct arena for_area; /* for one area of it */
};

void verdicts_begin(struct verdicts *verdicts, struct arena *arena, const struct history *history,
		    const struct policy *policy);

/* The verdict on a tree, where it was judged; NULL else. */
struct verdict *verdicts_known(const struct verdicts *verdicts, const char *tree);

/* The verdict on a tree by its id, NULL: on the live files. near is a tree that is probably much
 * like it; NULL: none is known. 0, or -1. */
int verdicts_get(struct verdicts *verdicts, struct verdict **verdict, const char *tree,
		 const char *near);

/* Give back what was only needed on the way; the verdicts stay as long as the arena. */
void verdicts_release(struct verdicts *verdicts);

/* All of a verdict; the list in the arena. */
struct rulings verdict_rulings(const struct verdict *verdict, struct arena *arena);

/* What of a verdict another one does not share; the list in the arena. */
struct rulings verdict_news(const struct verdict *verdict, const struct verdict *other,
			    struct arena *arena);

/* How many findings of this fingerprint it has that are not waived. */
size_t verdict_count(const struct verdict *verdict, const char *fingerprint);

/* Count so many more of them; a number that wraps around takes away. */
void verdict_shift(struct verdict *verdict, struct arena *arena, const char *fingerprint,
		   size_t by);

/* A counter for each key, zero at first. */
size_t *counter(struct map *counters, struct arena *arena, const char *key);

#endif
