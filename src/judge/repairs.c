#include "judge/repairs.h"

#include "base/limits.h"
#include "base/table.h"

/* Where in the run each change's parents stand. */
struct node {
	struct VEC(struct node *) parents;
	bool below; /* is built on the change in question */
};

static struct node *link_changes(struct arena *arena, const struct changes *changes)
{
	struct node *nodes = arena_alloc(arena, (changes->count + 1) * sizeof(*nodes));
	struct table by_commit = { 0 };

	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		vec_each (const struct parent *, parent, &change->parents) {
			struct node *node = table_get(&by_commit, parent->commit);

			if (node)
				*vec_add(arena, &nodes[i].parents) = node;
		}
		if (change->commit)
			table_put(&by_commit, arena, change->commit, &nodes[i]);
	}
	return nodes;
}

/* Parents stand before their children, so one pass marks all that is built on a change. */
static void mark_below(struct node *nodes, size_t count, size_t index)
{
	for (size_t i = 0; i < count; i++) {
		nodes[i].below = i == index;
		vec_each (struct node **, parent, &nodes[i].parents)
			nodes[i].below |= (*parent)->below;
	}
}

/* The first change built on the marked one that has fewer of these findings than before. */
static const char *repairer(const struct node *nodes, const struct changes *changes,
			    struct verdict *const *verdicts, const struct finding *finding)
{
	const struct verdict *last = NULL;
	size_t before = 0;

	for (size_t i = 0; i < changes->count; i++) {
		size_t count = 0;

		if (!nodes[i].below || verdicts[i] == last)
			continue;
		last = verdicts[i];
		count = verdict_count(verdicts[i], finding->fingerprint);
		if (count < before)
			return changes->items[i].commit;
		if (before == 0)
			before = count;
	}
	return NULL;
}

void find_repairs(struct findings *findings, struct arena *arena, const struct changes *changes,
		  struct verdict *const *verdicts)
{
	struct node *nodes = NULL; /* of a long history they are many: where there is a fault */
	const char *marked = NULL;
	size_t at = 0, steps = 0;

	vec_each (struct finding *, finding, findings) {
		if (finding->status != FINDING_NEW || !finding->commit)
			continue;
		steps += changes->count;
		if (steps > MAX_REPAIR_STEPS)
			return;
		if (!nodes)
			nodes = link_changes(arena, changes);
		while (changes->items[at].commit != finding->commit)
			at++;
		if (marked != finding->commit)
			mark_below(nodes, changes->count, at);
		marked = finding->commit;
		finding->repaired_by = repairer(nodes, changes, verdicts, finding);
	}
}
