#include "model/cycle.h"

#include "model/dockerfile.h"

/* A walk in depth, without recursion. */
struct walk {
	const struct dockerfile *file;
	const bool *extra;
	int to;
	bool *seen, *on_path;
	size_t *next; /* by stage: the source to look at next */
	int *path;
	size_t length;
};

static void enter(struct walk *walk, int stage)
{
	walk->seen[stage] = walk->on_path[stage] = true;
	walk->path[walk->length++] = stage;
}

/* The stage that another takes from next; -1: none is left. */
static int next_stage(struct walk *walk, int at)
{
	const struct stage_sources *sources = &walk->file->stages.items[at].sources;

	while (walk->next[at] < sources->count) {
		int stage = sources->items[walk->next[at]++].stage;

		if (stage >= 0)
			return stage;
	}
	if (walk->extra && walk->extra[at] && walk->next[at]++ == sources->count)
		return walk->to;
	return -1;
}

/* A stage that takes from one that is on the way to it; -1: none. */
static int find_cycle(struct walk *walk, int start)
{
	enter(walk, start);
	while (walk->length > 0) {
		int at = walk->path[walk->length - 1];
		int stage = next_stage(walk, at);

		if (stage < 0) {
			walk->on_path[at] = false;
			walk->length--;
		} else if (walk->on_path[stage]) {
			return at;
		} else if (!walk->seen[stage]) {
			enter(walk, stage);
		}
	}
	return -1;
}

static void refuse(struct dockerfile *file, struct arena *arena, const struct walk *walk, int at)
{
	const struct stage *stage = &file->stages.items[at];
	size_t looked = walk->next[at];
	struct span span = span_lines(stage->start_line, stage->start_line);
	const char *error = "a stage copies from itself, or from one that copies from it";

	if (looked <= stage->sources.count)
		span = stage->sources.items[looked - 1].span;
	if (stage->name)
		error = arena_printf(arena,
				     "the stage '%s' copies from itself, or from one that "
				     "copies from it",
				     stage->name);
	dockerfile_refuse(file, span, error);
}

static bool has_sources(const struct dockerfile *file)
{
	vec_each (const struct stage *, stage, &file->stages)
		if (stage->sources.count > 0)
			return true;
	return false;
}

void cycle_check(struct dockerfile *file, struct arena *arena, const bool *extra, int to)
{
	size_t count = file->stages.count;
	struct walk walk = { .file = file, .extra = extra, .to = to };

	if (!extra && !has_sources(file))
		return;
	walk.seen = arena_alloc(arena, count + 1);
	walk.on_path = arena_alloc(arena, count + 1);
	walk.next = arena_alloc(arena, (count + 1) * sizeof(*walk.next));
	walk.path = arena_alloc(arena, (count + 1) * sizeof(*walk.path));
	for (size_t i = 0; i < count && !file->error; i++) {
		int at = walk.seen[i] ? -1 : find_cycle(&walk, (int)i);

		if (at >= 0)
			refuse(file, arena, &walk, at);
	}
}
