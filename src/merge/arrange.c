#include "merge/arrange.h"

#include <string.h>

#include "merge/names.h"
#include "merge/share.h"

static void stand_for(struct part *part, const struct input *input, size_t index)
{
	const struct recipe_stage *stage = &input->recipe.stages.items[index];

	if (!part->known)
		part->known = stage->stage->name;
	part->is_target =
		part->is_target || stage->stage->name || index + 1 == input->recipe.stages.count;
}

static void begin_parts(struct plan *plan, struct input *input)
{
	size_t count = input->recipe.stages.count;

	input->parts = arena_alloc(plan->arena, (count + 1) * sizeof(struct part *));
	for (size_t i = 0; i < count; i++) {
		const struct recipe_stage *stage = &input->recipe.stages.items[i];
		struct part *part = arena_new(plan->arena, struct part);

		part->input = input;
		part->stage = stage;
		part->from = stage->from + 1;
		part->end = stage->end;
		input->parts[i] = part;
		stand_for(part, input, i);
	}
}

/* Where a stage of another file does the same there is one part for both. The kept file's last
 * stage has to stay last, so that nothing but the last stage of another file can be that; and one
 * for which a name is wanted is a stage of its own. */
static struct part *same_part(struct plan *plan, const struct input *input, size_t index)
{
	const struct recipe_stage *stage = &input->recipe.stages.items[index];
	bool is_last = index + 1 == input->recipe.stages.count;
	const struct part *end = input_part(plan_kept(plan), NULL);

	if (is_last && input->stage)
		return NULL;
	vec_each (struct input *, other, &plan->inputs) {
		if (other == input || (other > input && !other->is_kept))
			continue;
		for (size_t i = other->recipe.stages.count; i-- > 0;) {
			if ((other->parts[i] != end || is_last) &&
			    strcmp(other->recipe.stages.items[i].chain.hex, stage->chain.hex) == 0)
				return other->parts[i];
		}
	}
	return NULL;
}

static void unify(struct plan *plan, struct input *input)
{
	for (size_t i = 0; i < input->recipe.stages.count; i++) {
		struct part *same = same_part(plan, input, i);

		if (!same)
			continue;
		input->parts[i] = same;
		stand_for(same, input, i);
	}
}

/* What a part builds on, unless its beginning was cut off. */
static void find_bases(struct input *input)
{
	for (size_t i = 0; i < input->recipe.stages.count; i++) {
		struct part *part = input->parts[i];
		int parent = input->recipe.stages.items[i].stage->parent;

		if (part->input == input && !part->base && parent >= 0)
			part->base = input->parts[parent];
	}
}

static void place(struct plan *plan, struct part *part);

static void place_sources(struct plan *plan, const struct part *part,
			  const struct stage_sources *sources)
{
	vec_each (const struct stage_source *, source, sources)
		if (source->stage >= 0 && part_holds(part, source->line))
			place(plan, part->input->parts[source->stage]);
}

static void place(struct plan *plan, struct part *part)
{
	if (part->is_placed)
		return;
	part->is_placed = true;
	if (part->base)
		place(plan, part->base);
	place_sources(plan, part, &part->stage->stage->sources);
	place_sources(plan, part, &part->stage->stage->triggers);
	*vec_add(plan->arena, &plan->parts) = part;
}

/* What is built on or copied from comes first, and the kept file's last stage last. */
static void place_all(struct plan *plan)
{
	const struct part *last = input_part(plan_kept(plan), NULL);

	vec_each (struct input *, input, &plan->inputs)
		for (size_t i = 0; i < input->recipe.stages.count; i++)
			if (input->is_kept || input->parts[i] != last)
				place(plan, input->parts[i]);
}

void arrange(struct plan *plan)
{
	vec_each (struct input *, input, &plan->inputs)
		begin_parts(plan, input);
	vec_each (struct input *, input, &plan->inputs)
		if (!input->is_kept)
			unify(plan, input);
	share(plan);
	vec_each (struct input *, input, &plan->inputs)
		find_bases(input);
	place_all(plan);
	names_give(plan);
}
