#include "base/pair.h"
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

/* What one of the threads works with. */
struct warming {
	struct trees *trees;
	const struct units *units;
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

/* What is only not packed is left out. A failure ends it for both: it is found again, in its turn,
 * by who asks for the summary of the whole. */
static void summarise_units(struct pair_half *half, void *context)
{
	const struct warming *warming = context;
	const struct tree_summary *summary = NULL;
	size_t item = 0;

	while (pair_take(half, &item)) {
		const struct unit *unit = &warming->units->items[item];

		if (trees_summary(warming->trees, &summary, &unit->id, unit->depth) < 0 &&
		    failure_status())
			pair_stop(half);
	}
	failure_clear();
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

static void warm(struct trees *trees, const struct units *units)
{
	struct packs *packs = arena_new(trees->arena, struct packs);
	struct arena arena = { 0 };
	struct trees others = {
		.watches = trees->watches, .arena = &arena, .is_warm = true, .packs = packs
	};

	packs_share(packs, trees->arena, trees->repository->packs);
	packs_expect_many(packs);
	if (pair_work(units->count, summarise_units, &(struct warming){ trees, units },
		      &(struct warming){ &others, units }))
		gather(trees, &others);
	pack_reader_release(&packs->reader);
}

bool trees_warm(struct trees *trees, const git_oid *tree, int depth)
{
	struct packs *packs = trees->repository->packs;
	struct arena scratch = { 0 };
	struct units units = { 0 };

	trees->is_warm = true;
	if (packs_count(packs) < MIN_PACKED)
		return false;
	packs_expect_many(packs);
	units = find_units(&scratch, packs, tree, depth);
	if (units.count > 0)
		warm(trees, &units);
	arena_release(&scratch);
	return true;
}
