#ifndef JUDGE_VERDICT_H
#define JUDGE_VERDICT_H

#include "model/finding.h"
#include "model/history.h"
#include "model/policy.h"
#include "model/project.h"

/* What one tree holds, by itself. */
struct verdict {
	struct findings findings;
	struct uncheckeds uncheckeds;
	struct map counts; /* by fingerprint, of those that are not waived */
	size_t dockerfiles, builds;
	struct trace trace; /* what it rests on, besides the watched files */
};

/* The verdicts of a run, all by the same policy. Each tree is judged once, and not at all where it
 * cannot be told from one that was judged: then both have the same verdict. */
struct verdicts {
	struct arena *arena; /* lives as long as the run */
	const struct history *history;
	const struct policy *policy;
	struct map by_tree;
	struct blobs blobs;
	struct arena scratch; /* for one tree */
};

/* The verdict on a tree by its id, NULL: on the live files. 0, or -1. */
int verdicts_get(struct verdicts *verdicts, struct verdict **verdict, const char *tree);

/* Let a tree have the verdict of another that is probably much like it, if that one is judged and
 * its verdict rests on nothing that differs between them; never the live files (NULL). 0, or -1. */
int verdicts_inherit(struct verdicts *verdicts, const char *tree, const char *other);

/* Give back what was only needed on the way; the verdicts stay as long as the arena. */
void verdicts_release(struct verdicts *verdicts);

/* How many findings of this fingerprint it has that are not waived. */
size_t verdict_count(const struct verdict *verdict, const char *fingerprint);

/* A counter for each key, zero at first. */
size_t *counter(struct map *counters, struct arena *arena, const char *key);

#endif
