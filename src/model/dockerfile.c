#include "model/dockerfile.h"

#include <string.h>

#include "base/nearest.h"
#include "syntax/slice.h"

void dockerfile_refuse(struct dockerfile *file, struct span span, const char *error)
{
	if (file->error)
		return;
	file->error = error;
	file->error_span = span;
	file->fault = FAULT_UNREADABLE;
}

static bool is_plain(const char *target)
{
	for (; *target; target++)
		if ((*target >= 'A' && *target <= 'Z') || (unsigned char)*target >= 0x80)
			return false;
	return true;
}

const struct stage *dockerfile_stage(const struct dockerfile *file, const char *target)
{
	struct arena arena = { 0 };
	const struct stage *stage = NULL;

	if (file->stages.count == 0)
		return NULL;
	if (!target || !*target)
		return &file->stages.items[file->stages.count - 1];
	if (is_plain(target))
		return map_get(&file->by_name, target);
	stage = map_get(&file->by_name,
			slice_lower(&arena, (struct text){ target, strlen(target) }));
	arena_release(&arena);
	return stage;
}

const char *dockerfile_nearest(const struct dockerfile *file, const char *target)
{
	struct nearest nearest = { .wanted = target };

	vec_each (const struct stage *, stage, &file->stages)
		if (stage->name)
			nearest_offer(&nearest, stage->name);
	return nearest.name;
}
