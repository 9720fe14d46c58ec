#include "base/thread.h"
#include "git/handles.h"
#include "git/tree.h"

#define MIN_PACKED 10000  /* objects that make a second thread worth its while */
#define MIN_UNITS 64      /* so many are shared out evenly enough */
#define MAX_UNIT_LEVELS 8 /* that are looked through for so many */

/* A tree whose summary one of the threads makes. */
struct unit {
	git_oid id;
	int depth;
};

struct units VEC(struct unit);

/* What the two threads share. One begins with the first unit, one with the last, until they meet.
 */
struct warming {
	struct units units;
	size_t first, behind; /* of those that nobody has taken */
	pthread_mutex_t lock; /* of both */
	struct trees others;  /* of the second thread */
};

/* The directories in all units. A tree that is malformed is left at that place. */
static struct units below(struct arena *arena, struct packs *packs, const struct units *units)
{
	struct units found = { 0 };

	vec_each (const struct unit *, unit, units) {
		const struct pack_object *object = packs_read(packs, &unit->id);
		struct tree_cursor cursor = { .id = &unit->id };
		struct tree_entry entry;

		if (object && object->type == GIT_OBJECT_TREE)
			cursor.text = object->content;
		while (tree_next(&cursor, &entry) > 0) {
			struct unit inner = { .depth = unit->depth + 1 };

			git_oid_fromraw(&inner.id, entry.id);
			if (tree_entry_kind(&entry) == ENTRY_DIRECTORY)
				*vec_add(arena, &found) = inner;
		}
	}
	failure_clear();
	return found;
}

/* Those of the first level that has enough of them. None: it is not worth it. */
static struct units find_units(struct arena *arena, struct packs *packs, const git_oid *tree,
			       int depth)
{
	struct units units = { 0 };

	*vec_add(arena, &units) = (struct unit){ *tree, depth };
	for (int level = 0; level < MAX_UNIT_LEVELS && units.count < MIN_UNITS; level++)
		units = below(arena, packs, &units);
	if (units.count < MIN_UNITS)
		units.count = 0;
	return units;
}

/* NULL: none is left. */
static const struct unit *take(struct warming *warming, bool last)
{
	const struct unit *unit = NULL;

	pthread_mutex_lock(&warming->lock);
	if (warming->first < warming->behind)
		unit = &warming->units.items[last ? --warming->behind : warming->first++];
	pthread_mutex_unlock(&warming->lock);
	return unit;
}

static void give_up(struct warming *warming)
{
	pthread_mutex_lock(&warming->lock);
	warming->behind = warming->first;
	pthread_mutex_unlock(&warming->lock);
}

/* What is only not packed is left out. A failure ends it for both: it is found again, in its turn,
 * by who asks for the summary of the whole. */
static void summarise_units(struct trees *trees, struct warming *warming, bool last)
{
	const struct tree_summary *summary = NULL;
	const struct unit *unit = NULL;

	while ((unit = take(warming, last)))
		if (trees_summary(trees, &summary, &unit->id, unit->depth) < 0 && failure_status())
			give_up(warming);
	failure_clear();
}

static void *run(void *argument)
{
	struct warming *warming = argument;

	summarise_units(&warming->others, warming, true);
	return NULL;
}

/* What another thread found is known here, too; some of it both have found and counted. */
static void gather(struct trees *trees, struct trees *others)
{
	trees->count += others->count;
	trees->entry_count += others->entry_count;
	trees->warmed = others->summaries;
	arena_join(trees->arena, others->arena);
	trees_release(others);
}

static void warm(struct trees *trees, struct warming *warming)
{
	struct packs *packs = arena_new(trees->arena, struct packs);
	struct arena arena = { 0 };
	pthread_t thread;

	packs_share(packs, trees->arena, trees->repository->packs);
	warming->others = (struct trees){
		.watches = trees->watches, .arena = &arena, .is_warm = true, .packs = packs
	};
	warming->behind = warming->units.count;
	pthread_mutex_init(&warming->lock, NULL);
	if (thread_start(&thread, run, warming)) {
		summarise_units(trees, warming, false);
		pthread_join(thread, NULL);
		gather(trees, &warming->others);
	}
	pthread_mutex_destroy(&warming->lock);
	pack_reader_release(&packs->reader);
}

bool trees_warm(struct trees *trees, const git_oid *tree, int depth)
{
	struct packs *packs = trees->repository->packs;
	struct arena scratch = { 0 };
	struct warming warming = { 0 };

	trees->is_warm = true;
	if (packs_count(packs) < MIN_PACKED)
		return false;
	warming.units = find_units(&scratch, packs, tree, depth);
	if (warming.units.count > 0)
		warm(trees, &warming);
	arena_release(&scratch);
	return true;
}
