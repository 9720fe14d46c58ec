#include "judge/verdict.h"

#include "readers/readers.h"
#include "rules/rules.h"

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

static void keep_uncheckeds(struct verdict *verdict, struct arena *arena,
			    const struct project *project)
{
	vec_each (const struct unchecked *, unchecked, &project->uncheckeds)
		*vec_add(arena, &verdict->uncheckeds) =
			(struct unchecked){ arena_string(arena, unchecked->path), unchecked->line,
					    arena_string(arena, unchecked->reason) };
}

/* Is there another tree that could have this verdict, or share a file? */
static bool has_others(const struct changes *changes)
{
	return changes->count > 1 || changes->items[0].parents.count > 0;
}

/* Source to findings; all but the verdict lives in scratch. */
static int read_and_check(struct verdicts *verdicts, struct verdict *verdict, const char *tree)
{
	struct arena *scratch = &verdicts->scratch;
	const struct history *history = verdicts->history;
	const struct policy *policy = verdicts->policy;
	struct snapshot *snapshot = arena_new(scratch, struct snapshot);
	struct project project = { .arena = scratch, .snapshot = snapshot, .policy = policy };

	if (history->open(history, snapshot, scratch, tree) < 0)
		return -1;
	if (has_others(&history->changes)) {
		snapshot->trace = &verdict->trace;
		snapshot->blobs = &verdicts->blobs;
	}
	if (readers_read(&project) < 0 ||
	    rules_check(&project, policy, verdicts->arena, &verdict->findings) < 0)
		return -1;
	keep_uncheckeds(verdict, verdicts->arena, &project);
	verdict->dockerfiles = project.dockerfiles.count;
	verdict->builds = project.builds.count;
	vec_each (const struct finding *, finding, &verdict->findings)
		if (finding->status != FINDING_WAIVED)
			++*counter(&verdict->counts, verdicts->arena, finding->fingerprint);
	return 0;
}

int verdicts_get(struct verdicts *verdicts, struct verdict **verdict, const char *tree)
{
	int failed = 0;

	*verdict = tree ? map_get(&verdicts->by_tree, tree) : NULL;
	if (*verdict)
		return 0;
	*verdict = arena_new(verdicts->arena, struct verdict);
	(*verdict)->trace.arena = verdicts->arena;
	failed = read_and_check(verdicts, *verdict, tree);
	arena_clear(&verdicts->scratch);
	blobs_trim(&verdicts->blobs);
	if (!failed && tree)
		map_put(&verdicts->by_tree, verdicts->arena, tree, *verdict);
	return failed;
}

int verdicts_inherit(struct verdicts *verdicts, const char *tree, const char *other)
{
	const struct history *history = verdicts->history;
	struct verdict *known = tree && other ? map_get(&verdicts->by_tree, other) : NULL;
	int differ = 0;

	if (!known || map_get(&verdicts->by_tree, tree))
		return 0;
	differ = history->differ(history, other, tree, &known->trace);
	if (differ == 0)
		map_put(&verdicts->by_tree, verdicts->arena, tree, known);
	return differ < 0 ? -1 : 0;
}

void verdicts_release(struct verdicts *verdicts)
{
	blobs_release(&verdicts->blobs);
	arena_release(&verdicts->scratch);
}
