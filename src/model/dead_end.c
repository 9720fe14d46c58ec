#include "model/dead_end.h"

#include <string.h>

#include "model/dockerfile.h"
#include "syntax/dockerfile.h"
#include "syntax/expansion.h"
#include "syntax/operands.h"

/* The instruction of a stage that the builder does not get past; NULL: none is known. */
static const struct instruction *stopper(const char **reason, const struct dockerfile *file,
					 struct arena *arena, const struct stage *stage)
{
	const struct instructions *all = &file->syntax->instructions;
	char escape = file->syntax->directives.escape_character;
	const struct instruction *end = all->items + all->count;

	for (const struct instruction *at = stage->from + 1; at < end; at++) {
		if (at->keyword == KEYWORD_FROM)
			return NULL;
		*reason = expansion_fault(at, arena, escape);
		if (!*reason)
			*reason = operands_fault(at, arena, escape);
		if (*reason)
			return at;
	}
	return NULL;
}

/* Does the stage build on one above it, or take from one? */
static bool needs_another(const struct stage *stage)
{
	vec_each (const struct stage_source *, source, &stage->sources)
		if (source->stage >= 0 && source->stage < stage->index)
			return true;
	return stage->parent >= 0;
}

void dead_end_check(struct dockerfile *file, struct arena *arena)
{
	const struct instruction *first = NULL;
	const char *why = NULL;

	vec_each (const struct stage *, stage, &file->stages) {
		const char *reason = NULL;
		const struct instruction *here = stopper(&reason, file, arena, stage);

		/* All above it are stopped. Most files end here, at their first stage. */
		if (!here && !needs_another(stage))
			return;
		if (!first) {
			first = here;
			why = reason;
		}
	}
	if (first)
		dockerfile_refuse(file, span_lines(first->start_line, first->end_line), why);
}
