#include "merge/share.h"

#include <stdlib.h>
#include <string.h>

/* A variant whose last stage begins as a stage of the kept file does. */
struct member {
	struct input *input;
	size_t skipped; /* instructions that the stages have on which that one is built */
	size_t length;  /* those behind them that both begin with */
};

/* All variants that go along with one stage of the kept file. */
struct sharing {
	struct part *anchor;
	struct VEC(struct member) members;
};

static struct part **last_part(const struct input *input)
{
	return &input->parts[input->recipe.stages.count - 1];
}

static const struct instruction *nth(const struct input *input, const struct recipe_stage *stage,
				     size_t index)
{
	return &input->recipe.instructions[stage->from + 1 + index];
}

/* How many instructions a stage begins with that another one has from a place on; as far as they
 * can be cut. */
static size_t common_length(const struct input *input, const struct recipe_stage *stage,
			    const struct recipe_stage *other, size_t from)
{
	size_t length = 0;

	while (length < stage->keys.count && from + length < other->keys.count &&
	       strcmp(stage->keys.items[length].hex, other->keys.items[from + length].hex) == 0 &&
	       !recipe_marks(nth(input, stage, length)))
		length++;
	return length;
}

/* The image alone is only worth a stage where there is no other, and not where it is empty. */
static bool is_worth(const struct recipe *recipe, const struct recipe_stage *stage, size_t length)
{
	if (length > 0)
		return true;
	return recipe->stages.count == 1 &&
	       (!stage->stage->base || strcmp(stage->stage->base, "scratch") != 0);
}

/* Go along with a stage of the kept file, from where that one begins: with its base, or with the
 * stages that it is built on. False: not at all. */
static bool go_along(struct member *member, const struct input *kept,
		     const struct recipe_stage *stage)
{
	const struct input *input = member->input;
	const struct recipe_stage *last = (*last_part(input))->stage;
	const char *chain = last->base.hex;

	for (size_t i = 0; i <= last->keys.count; i++) {
		if (strcmp(stage->base.hex, chain) == 0) {
			member->skipped = i;
			member->length = common_length(kept, stage, last, i);
			return member->length > 0 || i == 0;
		}
		if (i == last->keys.count || recipe_marks(nth(input, last, i)))
			return false;
		chain = last->chains.items[i].hex;
	}
	return false;
}

/* The stage of the kept file that a variant's last stage goes along with farthest: a later one
 * where several do. NULL: there is none. */
static struct part *find_anchor(const struct input *kept, struct member *best)
{
	struct input *input = best->input;
	struct part *anchor = NULL;

	if ((*last_part(input))->input != input)
		return NULL;
	for (size_t i = 0; i < kept->recipe.stages.count; i++) {
		const struct recipe_stage *stage = &kept->recipe.stages.items[i];
		struct member member = { .input = input };

		if (!go_along(&member, kept, stage) ||
		    member.skipped + member.length < best->skipped + best->length ||
		    !is_worth(&kept->recipe, stage, member.length))
			continue;
		anchor = kept->parts[i];
		*best = member;
	}
	return anchor;
}

struct sharings VEC(struct sharing);

static void join(struct plan *plan, struct sharings *sharings, struct input *input)
{
	struct member member = { .input = input };
	struct part *anchor = find_anchor(plan_kept(plan), &member);
	struct sharing *sharing = NULL;

	if (!anchor)
		return;
	vec_each (struct sharing *, one, sharings)
		if (one->anchor == anchor)
			sharing = one;
	if (!sharing)
		sharing = vec_add(plan->arena, sharings);
	sharing->anchor = anchor;
	*vec_add(plan->arena, &sharing->members) = member;
}

/* The beginning of the anchor as a part of its own; the anchor itself where it is no more, and
 * others may be built on it. */
static struct part *cut(struct plan *plan, struct part *anchor, size_t length)
{
	bool is_last = anchor == *last_part(plan_kept(plan));
	int parent = anchor->stage->stage->parent;
	struct part *shared = NULL;

	if (length == anchor->stage->keys.count && !is_last)
		return anchor;
	shared = arena_new(plan->arena, struct part);
	*shared = *anchor;
	shared->end = anchor->stage->from + 1 + length;
	shared->is_shared = true;
	if (!shared->base && parent >= 0)
		shared->base = anchor->input->parts[parent];
	anchor->from = shared->end;
	anchor->base = shared;
	anchor->is_lifted = true;
	return shared;
}

/* Unless a name is wanted for it, what is no more than the beginning is that. */
static void build_on(struct part *shared, const struct member *member)
{
	struct part **last = last_part(member->input);

	(*last)->base = shared;
	(*last)->is_lifted = true;
	(*last)->from += member->skipped + member->length;
	if ((*last)->from == (*last)->end && !member->input->stage)
		*last = shared;
}

static int by_length(const void *left, const void *right)
{
	const struct member *a = left, *b = right;

	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	return a->input < b->input ? -1 : a->input > b->input;
}

/* One beginning on another, where some go along farther; then the image alone is no beginning. */
static void lift(struct plan *plan, struct sharing *sharing)
{
	struct part *shared = NULL;
	size_t length = 0, longest = 0;

	vec_sort(&sharing->members, by_length);
	longest = sharing->members.items[sharing->members.count - 1].length;
	vec_each (const struct member *, member, &sharing->members) {
		if (member->length == 0 && longest > 0)
			continue;
		if (!shared || member->length > length)
			shared = cut(plan, sharing->anchor, member->length);
		length = member->length;
		build_on(shared, member);
	}
}

void share(struct plan *plan)
{
	struct sharings sharings = { 0 };

	vec_each (struct input *, input, &plan->inputs)
		if (!input->is_kept)
			join(plan, &sharings, input);
	vec_each (struct sharing *, sharing, &sharings)
		lift(plan, sharing);
}
