#include "judge/verdict.h"

#include "judge/trial.h"

struct count {
	size_t count;
};

size_t *counter(struct map *counters, struct arena *arena, const char *key)
{
	struct count *count = map_get(counters, key);

	if (!count) {
		count = arena_new(arena, struct count);
		map_put(counters, arena, key, count);
	}
	return &count->count;
}

size_t verdict_count(const struct verdict *verdict, const char *fingerprint)
{
	const struct count *count = map_get(&verdict->counts, fingerprint);

	return count ? count->count : 0;
}

void verdict_shift(struct verdict *verdict, struct arena *arena, const char *fingerprint, size_t by)
{
	struct count *count = arena_new(arena, struct count);

	count->count = verdict_count(verdict, fingerprint) + by;
	verdict->counts =
		map_with(&verdict->counts, arena, fingerprint, count->count ? count : NULL);
}

struct rulings verdict_rulings(const struct verdict *verdict, struct arena *arena)
{
	static const struct verdict none = { 0 };

	return verdict_news(verdict, &none, arena);
}

struct rulings verdict_news(const struct verdict *verdict, const struct verdict *other,
			    struct arena *arena)
{
	struct map_walk walk = map_walk_news(&verdict->rulings, &other->rulings, arena);
	struct rulings rulings = { 0 };
	const struct ruling *ruling = NULL;

	while ((ruling = map_next(&walk)))
		*vec_add(arena, &rulings) = ruling;
	return rulings;
}

void verdicts_begin(struct verdicts *verdicts, struct arena *arena, const struct history *history,
		    const struct policy *policy)
{
	const struct changes *changes = &history->changes;

	*verdicts = (struct verdicts){ .arena = arena, .history = history, .policy = policy };
	verdicts->areas.arena = arena;
	verdicts->trace.arena = arena;
	/* Taking one tree apart would only cost. */
	if (changes->count <= 1)
		areas_join_all(&verdicts->areas);
	verdicts->is_alone = changes->count == 1 && changes->items[0].parents.count == 0;
}

struct verdict *verdicts_known(const struct verdicts *verdicts, const char *tree)
{
	return tree ? table_get(&verdicts->by_tree, tree) : NULL;
}

/* Tell what is to be judged. Without a tree to start from, taking one apart is of use only where
 * there will be others. 0, or -1. */
static int begin(struct trial *trial, const char *near)
{
	struct verdicts *verdicts = trial->verdicts;
	struct difference difference = { .arena = &verdicts->scratch, .trace = &verdicts->trace };

	if (!near && verdicts->areas.whole) {
		trial_begin(trial, NULL);
		return 0;
	}
	if (verdicts->history->differ(verdicts->history, &difference, near, trial->tree) < 0)
		return -1;
	trial_begin(trial, &difference);
	return 0;
}

static int judge_tree(struct verdicts *verdicts, struct verdict **verdict, const char *tree,
		      const char *near)
{
	struct verdict *base = verdicts_known(verdicts, near);
	struct trial trial = { .verdicts = verdicts, .number = ++verdicts->trials, .tree = tree };

	if (base)
		trial.verdict = (struct verdict){ .rulings = base->rulings,
						  .counts = base->counts,
						  .totals = base->totals,
						  .base = base };
	if (begin(&trial, near) < 0)
		return -1;
	*verdict = base;
	if (base && trial.tasks.count == 0)
		return 0;
	if (verdicts->areas.whole)
		trial.verdict = (struct verdict){ 0 };
	if (trial_hold(&trial) < 0)
		return -1;
	*verdict = arena_new(verdicts->arena, struct verdict);
	**verdict = trial.verdict;
	return 0;
}

int verdicts_get(struct verdicts *verdicts, struct verdict **verdict, const char *tree,
		 const char *near)
{
	int failed = 0;

	*verdict = verdicts_known(verdicts, tree);
	if (*verdict)
		return 0;
	if (!verdicts_known(verdicts, near))
		near = tree ? verdicts->last : NULL;
	failed = judge_tree(verdicts, verdict, tree, near);
	arena_clear(&verdicts->scratch);
	if (failed || !tree)
		return failed;
	table_put(&verdicts->by_tree, verdicts->arena, tree, *verdict);
	verdicts->last = tree;
	return 0;
}

void verdicts_release(struct verdicts *verdicts)
{
	blobs_release(&verdicts->blobs);
	arena_release(&verdicts->scratch);
	arena_release(&verdicts->for_area);
}
