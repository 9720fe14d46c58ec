#include "judge/judge.h"

#include <string.h>

#include "base/deadline.h"
#include "base/fail.h"
#include "base/limits.h"
#include "base/path.h"
#include "judge/debts.h"
#include "judge/graphs.h"
#include "judge/line_marks.h"
#include "judge/repairs.h"
#include "judge/verdict.h"

/* A run in progress. */
struct run {
	struct report *report;
	struct arena *arena;
	const struct judge_options *options;
	struct verdicts verdicts;
	struct verdict **by_change; /* as the changes of the history */
	struct map reported;        /* fingerprints that are new in this run */
	struct map unchecked;       /* places already listed */
	struct table bases;         /* struct strings of trees, by both commits */
	struct arena scratch;       /* for one change */
	size_t comparisons;         /* of findings with those of a parent */
	unsigned last;              /* where the findings of the last change begin */
};

/* The trees of the best common ancestors of two parents, looked for once. 0, or -1. */
static int bases_of(struct run *run, struct strings **trees, const struct parent *first,
		    const struct parent *other)
{
	const char *key = arena_printf(run->arena, "%s %s", first->commit, other->commit);
	const struct history *history = run->verdicts.history;

	*trees = table_get(&run->bases, key);
	if (*trees)
		return 0;
	*trees = arena_new(run->arena, struct strings);
	if (history->merge_bases(history, *trees, first, other) < 0)
		return -1;
	table_put(&run->bases, run->arena, key, *trees);
	return 0;
}

/* How many findings of this fingerprint the best common ancestors of two parents have. */
static int count_of_bases(struct run *run, size_t *count, const struct parent *first,
			  const struct parent *other, const char *fingerprint)
{
	struct strings *trees = NULL;

	*count = 0;
	if (bases_of(run, &trees, first, other) < 0)
		return -1;
	vec_each (const char **, tree, trees) {
		struct verdict *verdict = NULL;

		if (verdicts_get(&run->verdicts, &verdict, *tree, first->tree) < 0)
			return -1;
		if (verdict_count(verdict, fingerprint) > *count)
			*count = verdict_count(verdict, fingerprint);
	}
	return 0;
}

/*
 * How many findings of this fingerprint a change inherits: as many as the parent with the most of
 * them, less those that the first parent has repaired since the common ancestor, which would come
 * back by the merge.
 */
static int allowance(struct run *run, size_t *allowed, const struct change *change,
		     const char *fingerprint)
{
	const struct parent *first = change->parents.items;
	struct verdict *verdict = NULL;
	size_t of_first = 0;

	*allowed = 0;
	run->comparisons += change->parents.count;
	if (run->comparisons > MAX_COMPARISONS)
		return fail("more than %d findings to compare with those of parents; bring less at "
			    "once",
			    MAX_COMPARISONS);
	vec_each (const struct parent *, parent, &change->parents) {
		size_t of_parent = 0, of_base = 0, repaired = 0;

		if (verdicts_get(&run->verdicts, &verdict, parent->tree, change->tree) < 0)
			return -1;
		of_parent = verdict_count(verdict, fingerprint);
		if (parent == first)
			of_first = of_parent;
		if (of_parent > of_first &&
		    count_of_bases(run, &of_base, first, parent, fingerprint) < 0)
			return -1;
		repaired = of_base > of_first ? of_base - of_first : 0;
		of_parent = of_parent > repaired ? of_parent - repaired : 0;
		if (of_parent > *allowed)
			*allowed = of_parent;
	}
	return 0;
}

static bool is_wanted(const struct run *run, const struct finding *finding)
{
	if (run->options->paths.count == 0)
		return true;
	vec_each (const char **, path, &run->options->paths)
		if (path_is_within(finding->path, *path))
			return true;
	return false;
}

static void report_finding(struct run *run, const struct change *change, struct finding finding)
{
	struct summary *summary = &run->report->summary;

	finding.commit = change->commit;
	finding.ref = change->ref;
	if (finding.status == FINDING_NEW) {
		summary->errors += finding.level == LEVEL_ERROR;
		summary->warnings += finding.level == LEVEL_WARNING;
		summary->notices += finding.level == LEVEL_NOTICE;
		++*counter(&run->reported, run->arena, finding.fingerprint);
	} else {
		summary->inherited += finding.status == FINDING_INHERITED;
		summary->waived += finding.status == FINDING_WAIVED;
	}
	if (finding.status == FINDING_NEW || run->options->all)
		*vec_add(run->arena, &run->report->findings) = finding;
}

/* Other than new findings are told once, of the last tree of each ref, and of the inherited not
 * those new in this run. */
static bool is_told(const struct run *run, size_t index, const struct finding *finding)
{
	if (finding->status == FINDING_NEW)
		return true;
	return changes_is_last(&run->verdicts.history->changes, index) &&
	       (finding->status == FINDING_WAIVED ||
		!map_get(&run->reported, finding->fingerprint));
}

/*
 * The findings of a change that may have to be told. Of those that the verdict shares with the
 * first parent's all are inherited, since every other finding of their fingerprints is in there,
 * too.
 */
static struct findings findings_of(struct run *run, size_t index)
{
	const struct change *change = &run->verdicts.history->changes.items[index];
	const struct verdict *verdict = run->by_change[index], *parent = NULL;
	struct rulings rulings = { 0 };

	if (change->tree && change->parents.count > 0)
		parent = verdicts_known(&run->verdicts, change->parents.items[0].tree);
	if (changes_is_last(&run->verdicts.history->changes, index) || !parent)
		rulings = verdict_rulings(verdict, &run->scratch);
	else
		rulings = verdict_news(verdict, parent, &run->scratch);
	return rulings_findings(&rulings, &run->scratch);
}

/* Is a finding new, inherited or waived? What is waived takes no other's place. */
static int set_status(struct run *run, struct finding *finding, const struct change *change,
		      struct map *seen)
{
	size_t allowed = 0;

	if (finding->status == FINDING_WAIVED)
		return 0;
	if (allowance(run, &allowed, change, finding->fingerprint) < 0)
		return -1;
	if (++*counter(seen, &run->scratch, finding->fingerprint) <= allowed)
		finding->status = FINDING_INHERITED;
	return 0;
}

static int classify(struct run *run, size_t index)
{
	const struct change *change = &run->verdicts.history->changes.items[index];
	struct findings findings = findings_of(run, index);
	struct map seen = { 0 };

	run->last = run->report->findings.count;
	vec_each (struct finding *, finding, &findings) {
		struct finding copy = *finding;

		if (!is_wanted(run, finding))
			continue;
		if (set_status(run, &copy, change, &seen) < 0)
			return -1;
		if (is_told(run, index, &copy))
			report_finding(run, change, copy);
	}
	arena_clear(&run->scratch);
	return 0;
}

/* The policy's own debts count only where a tree is judged without a base: else they were there
 * before. They are told with the findings of the last tree. */
static void settle(struct run *run)
{
	const struct changes *changes = &run->verdicts.history->changes;
	const struct change *change = &changes->items[changes->count - 1];
	struct findings *all = &run->report->findings;
	struct findings debts = { 0 }, tail = { 0 };

	find_debts(run->report, &debts, &run->verdicts, run->by_change[changes->count - 1]);
	vec_each (struct finding *, debt, &debts) {
		debt->status = change->parents.count ? FINDING_INHERITED : FINDING_NEW;
		if (is_wanted(run, debt))
			report_finding(run, change, *debt);
	}
	tail.items = all->items + run->last;
	tail.count = all->count - run->last;
	findings_sort(&tail);
	all->count = run->last + tail.count;
}

static void list_uncheckeds(struct run *run, struct verdict *verdict)
{
	const struct verdict *base = verdict->base;
	struct rulings rulings = { 0 };
	struct uncheckeds uncheckeds = { 0 };

	if (verdict->is_listed)
		return;
	verdict->is_listed = true;
	rulings = base && base->is_listed ? verdict_news(verdict, base, &run->scratch)
					  : verdict_rulings(verdict, &run->scratch);
	uncheckeds = rulings_uncheckeds(&rulings, &run->scratch);
	vec_each (const struct unchecked *, unchecked, &uncheckeds) {
		const char *key = arena_printf(run->arena, "%s\n%u\n%s", unchecked->path,
					       unchecked->line, unchecked->reason);

		if (map_get(&run->unchecked, key))
			continue;
		map_put(&run->unchecked, run->arena, key, run);
		*vec_add(run->arena, &run->report->uncheckeds) = *unchecked;
	}
}

/* Parents come first, so that only what a commit touches has to be judged. */
static int find_verdict(struct run *run, const struct change *change, struct verdict **verdict)
{
	const char *near = NULL;

	for (size_t i = 0; !near && i < change->parents.count; i++)
		if (verdicts_known(&run->verdicts, change->parents.items[i].tree))
			near = change->parents.items[i].tree;
	return verdicts_get(&run->verdicts, verdict, change->tree, near);
}

static int judge_change(struct run *run, size_t index)
{
	const struct change *change = &run->verdicts.history->changes.items[index];
	struct verdict **verdict = &run->by_change[index];

	if (deadline_check() < 0 || find_verdict(run, change, verdict) < 0)
		return -1;
	run->report->summary.commits += change->commit != NULL;
	run->report->summary.dockerfiles = (*verdict)->totals.dockerfiles;
	run->report->summary.builds = (*verdict)->totals.builds;
	list_uncheckeds(run, *verdict);
	return classify(run, index);
}

int judge(struct report *report, struct arena *arena, const struct history *history,
	  const struct judge_options *options)
{
	struct run run = {
		.report = report,
		.arena = arena,
		.options = options,
	};
	size_t count = history->changes.count;
	int failed = 0;

	verdicts_begin(&run.verdicts, arena, history, options->policy);
	run.by_change = arena_alloc(arena, count * sizeof(struct verdict *));
	for (size_t index = 0; !failed && index < count; index++) {
		if (options->progress)
			options->progress(index, count);
		failed = judge_change(&run, index);
	}
	if (!failed && count > 0)
		settle(&run);
	arena_release(&run.scratch);
	verdicts_release(&run.verdicts);
	if (failed)
		return -1;
	find_repairs(&report->findings, arena, &history->changes, run.by_change);
	if (options->line_marks && find_line_marks(&report->findings, arena, history) < 0)
		return -1;
	return options->graphs ? find_graphs(report, arena, history, options->policy) : 0;
}
