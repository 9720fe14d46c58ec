#include "merge/plan.h"

#include <stdarg.h>

#include "model/dockerfile.h"

void plan_refuse(struct plan *plan, struct place place, const char *help, const char *format, ...)
{
	struct refusal *refusal = vec_add(plan->arena, &plan->refusals);
	va_list arguments;

	refusal->place = place;
	refusal->help = help;
	va_start(arguments, format);
	refusal->message = arena_vprintf(plan->arena, format, arguments);
	va_end(arguments);
}

const struct input *plan_kept(const struct plan *plan)
{
	return &plan->inputs.items[plan->inputs.count - 1];
}

const struct part *input_part(const struct input *input, const char *target)
{
	const struct stage *stage = dockerfile_stage(input->recipe.file, target);

	return stage ? input->parts[stage->index] : NULL;
}

bool part_holds(const struct part *part, unsigned line)
{
	const struct instruction *instructions = part->input->recipe.instructions;

	return part->from < part->end && line >= instructions[part->from].start_line &&
	       line <= instructions[part->end - 1].end_line;
}
