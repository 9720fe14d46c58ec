#include "judge/trial.h"

#include <stdint.h>

#include "base/limits.h"
#include "readers/readers.h"
#include "rules/rules.h"

static void want(struct trial *trial, struct tasks *tasks, struct area *area)
{
	struct areas *areas = &trial->verdicts->areas;

	area = areas->whole ? areas->whole : area_leader(area);
	if (area->trial == trial->number && area->size == area->members.count)
		return;
	area->trial = trial->number;
	area->size = area->members.count;
	*vec_add(&trial->verdicts->scratch, tasks) =
		(struct task){ .area = area, .size = area->members.count };
}

static void want_all(struct trial *trial)
{
	struct rulings rulings = verdict_rulings(&trial->verdict, &trial->verdicts->scratch);

	vec_each (const struct ruling **, ruling, &rulings)
		want(trial, &trial->tasks, (*ruling)->area);
}

static void want_viewers(struct trial *trial, const struct views *views)
{
	if (views->by_all)
		want_all(trial);
	for (size_t i = 0; i < views->viewers.count; i++)
		want(trial, &trial->tasks, views->viewers.items[i]);
}

void trial_begin(struct trial *trial, const struct difference *difference)
{
	struct verdicts *verdicts = trial->verdicts;

	if (!difference) {
		areas_join_all(&verdicts->areas);
		want(trial, &trial->tasks, verdicts->areas.whole);
		return;
	}
	vec_each (const char *const *, directory, &difference->directories)
		want(trial, &trial->tasks, areas_get(&verdicts->areas, *directory));
	vec_each (const char *const *, path, &difference->paths)
		want_viewers(trial, trace_views(&verdicts->trace, *path));
}

/* The directories of an area, as it was when the task was set. */
static const struct strings *directories_of(struct arena *arena, const struct task *task)
{
	struct strings *directories = arena_new(arena, struct strings);

	for (size_t i = 0; i < task->size; i++)
		if (task->area->members.items[i]->is_directory)
			*vec_add(arena, directories) = task->area->members.items[i]->name;
	return directories;
}

/* Else what two areas say about one file would count twice. What is not checked is not counted. */
static void link_said(struct areas *areas, const struct ruling *ruling, struct arena *scratch)
{
	vec_each (const struct finding *, finding, &ruling->findings)
		areas_link_file(areas, ruling->area, scratch, finding->path);
}

/* The first tree has many areas; each is small. A second thread parses what they all have, as far
 * as it is kept from one to the next. 0, or -1. */
static int read_ahead(struct trial *trial)
{
	struct verdicts *verdicts = trial->verdicts;
	struct snapshot snapshot = { 0 };

	if (trial->verdict.base || trial->tasks.count < MIN_AHEAD)
		return 0;
	if (verdicts->history->open(verdicts->history, &snapshot, &verdicts->scratch,
				    (struct view){ .tree = trial->tree }) < 0)
		return -1;
	snapshot.blobs = &verdicts->blobs;
	readers_ahead(&trial->ahead, &snapshot, MAX_BLOBS_SIZE / 2);
	return 0;
}

/* Source to findings; all but the ruling lives in the arena for it. */
static int judge_task(struct trial *trial, struct task *task)
{
	struct verdicts *verdicts = trial->verdicts;
	struct arena *scratch = &verdicts->for_area;
	const struct history *history = verdicts->history;
	struct snapshot *snapshot = arena_new(scratch, struct snapshot);
	struct project project = { .arena = scratch,
				   .snapshot = snapshot,
				   .policy = verdicts->policy };
	struct view view = { .tree = trial->tree };
	struct ruling *ruling = arena_new(verdicts->arena, struct ruling);

	if (!verdicts->areas.whole)
		view.directories = directories_of(scratch, task);
	if (history->open(history, snapshot, scratch, view) < 0)
		return -1;
	snapshot->blobs = &verdicts->blobs;
	if (!verdicts->is_alone) {
		verdicts->trace.viewer = task->area;
		snapshot->trace = &verdicts->trace;
	}
	if (readers_read(&project) < 0 ||
	    rules_check(&project, verdicts->policy, verdicts->arena, &ruling->findings) < 0)
		return -1;
	ruling->area = task->area;
	ruling_keep(ruling, verdicts->arena, &project);
	areas_link(&verdicts->areas, task->area, &project);
	link_said(&verdicts->areas, ruling, scratch);
	task->ruling = ruling;
	arena_clear(scratch);
	blobs_trim(&verdicts->blobs);
	return 0;
}

/* Nothing is shared with a verdict that was made from none. */
static void set(struct trial *trial, struct map *map, const char *key, void *value)
{
	if (value && !trial->verdict.base)
		map_put(map, trial->verdicts->arena, key, value);
	else
		*map = map_with(map, trial->verdicts->arena, key, value);
}

static void drop(struct trial *trial, const struct area *area)
{
	struct verdict *verdict = &trial->verdict;
	const struct ruling *ruling = map_get(&verdict->rulings, area->name);

	if (!ruling)
		return;
	set(trial, &verdict->rulings, area->name, NULL);
	totals_take(&verdict->totals, &ruling->totals);
	*vec_add(&trial->verdicts->scratch, &trial->dropped) = ruling;
}

/* Put what was found in the place of what was there of the area's members. */
static void keep(struct trial *trial, const struct task *task)
{
	struct verdict *verdict = &trial->verdict;

	for (size_t i = 0; i < task->size; i++)
		drop(trial, task->area->members.items[i]);
	if (task->ruling->totals.watched == 0 && task->ruling->findings.count == 0)
		return;
	set(trial, &verdict->rulings, task->area->name, task->ruling);
	totals_add(&verdict->totals, &task->ruling->totals);
	*vec_add(&trial->verdicts->scratch, &trial->added) = task->ruling;
}

/* Is it too much to be judged area by area? A whole tree may take what it takes. */
static bool is_too_much(const struct trial *trial, const struct totals *totals)
{
	return !trial->verdicts->areas.whole && effort_is_too_much(&totals->effort);
}

/* Is that more than one tree may hold? 0, or -1. */
static int check_totals(const struct trial *trial, const struct totals *totals)
{
	const char *place = trial->tree ? trial->tree : "what is judged";

	if (totals->findings > MAX_FINDINGS)
		return findings_too_many(place);
	return totals->builds > MAX_BUILDS ? project_too_many_builds(place) : 0;
}

/*
 * What is found to belong together is judged anew, together. Areas grow in rounds, in each of which
 * at least two become one, so that a chain of them takes few rounds. 0, 1 where it is too much, or
 * -1.
 */
static int judge_tasks(struct trial *trial)
{
	while (trial->tasks.count > 0) {
		struct tasks next = { 0 };

		vec_each (struct task *, task, &trial->tasks) {
			if (judge_task(trial, task) < 0)
				return -1;
			totals_add(&trial->spent, &task->ruling->totals);
			if (check_totals(trial, &trial->spent) < 0)
				return -1;
			if (is_too_much(trial, &trial->spent))
				return 1;
		}
		vec_each (const struct task *, task, &trial->tasks) {
			if (task->area->leader == task->area &&
			    task->area->members.count == task->size)
				keep(trial, task);
			else
				want(trial, &next, task->area);
		}
		trial->tasks = next;
	}
	return 0;
}

/* A fingerprint that is found more or less often than before. */
struct shift {
	const char *fingerprint;
	size_t by; /* wraps around */
};

static void shift_by(struct trial *trial, struct map *shifts, const struct rulings *rulings,
		     size_t by)
{
	struct arena *scratch = &trial->verdicts->scratch;

	vec_each (const struct ruling *const *, ruling, rulings)
		vec_each (const struct finding *, finding, &(*ruling)->findings) {
			struct shift *shift = map_get(shifts, finding->fingerprint);

			if (finding->status == FINDING_WAIVED)
				continue;
			if (!shift) {
				shift = arena_new(scratch, struct shift);
				shift->fingerprint = finding->fingerprint;
				map_put(shifts, scratch, finding->fingerprint, shift);
			}
			shift->by += by;
		}
}

static void count(struct trial *trial)
{
	struct map shifts = { 0 };
	struct map_walk walk;
	const struct shift *shift = NULL;

	shift_by(trial, &shifts, &trial->dropped, SIZE_MAX);
	shift_by(trial, &shifts, &trial->added, 1);
	walk = map_walk(&shifts, &trial->verdicts->scratch);
	while ((shift = map_next(&walk)))
		if (shift->by)
			verdict_shift(&trial->verdict, trial->verdicts->arena, shift->fingerprint,
				      shift->by);
}

/* What is limited in a tree as a whole is only cut short where it is judged as a whole. */
static int judge_whole(struct trial *trial)
{
	trial->verdict = (struct verdict){ 0 };
	trial->dropped.count = trial->added.count = trial->tasks.count = 0;
	trial_begin(trial, NULL);
	return judge_tasks(trial);
}

int trial_hold(struct trial *trial)
{
	struct verdict *verdict = &trial->verdict;
	int result = read_ahead(trial);

	if (!result)
		result = judge_tasks(trial);
	ahead_stop(&trial->ahead);
	if (result > 0 || (result == 0 && is_too_much(trial, &verdict->totals)))
		result = judge_whole(trial);
	if (result < 0)
		return -1;
	if (verdict->totals.watched > MAX_WATCHED_FILES)
		return snapshot_too_many(trial->tree);
	if (check_totals(trial, &verdict->totals) < 0)
		return -1;
	count(trial);
	return 0;
}
