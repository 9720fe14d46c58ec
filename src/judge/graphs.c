#include "judge/graphs.h"

#include <string.h>

#include "base/limits.h"
#include "readers/readers.h"

struct users VEC(const struct build *);

/* A tree, with the builds of each Dockerfile. */
struct side {
	struct project project;
	struct map users; /* struct users *, by the Dockerfile's path */
};

/* The trees that are compared. */
struct comparison {
	struct report *report;
	struct arena *arena, scratch; /* for what is drawn; for the rest */
	const struct policy *policy;
	struct side *now, *before; /* before NULL: there is none */
	struct map blamed;         /* paths of findings, and of the Dockerfiles they speak of */
};

static const struct users *users_of(const struct side *side, const char *path)
{
	static const struct users none;
	const struct users *users = map_get(&side->users, path);

	return users ? users : &none;
}

static void index_builds(struct side *side, struct arena *arena)
{
	vec_each (const struct build *, build, &side->project.builds) {
		struct users *users = NULL;

		if (!build->dockerfile)
			continue;
		users = map_get(&side->users, build->dockerfile);
		if (!users) {
			users = arena_new(arena, struct users);
			map_put(&side->users, arena, build->dockerfile, users);
		}
		*vec_add(arena, users) = build;
	}
}

static int read_side(struct comparison *comparison, struct side **side,
		     const struct history *history, const char *tree)
{
	struct arena *arena = &comparison->scratch;
	struct snapshot *snapshot = arena_new(arena, struct snapshot);
	struct side *read = arena_new(arena, struct side);

	read->project = (struct project){ .arena = arena,
					  .snapshot = snapshot,
					  .policy = comparison->policy };
	if (history->open(history, snapshot, arena, (struct view){ .tree = tree }) < 0 ||
	    readers_read(&read->project) < 0)
		return -1;
	index_builds(read, arena);
	*side = read;
	return 0;
}

static void index_findings(struct comparison *comparison)
{
	vec_each (const struct finding *, finding, &comparison->report->findings) {
		map_put(&comparison->blamed, &comparison->scratch, finding->path, comparison);
		if (finding->dockerfile)
			map_put(&comparison->blamed, &comparison->scratch, finding->dockerfile,
				comparison);
	}
}

static bool is_same_text(const struct dockerfile *one, const struct dockerfile *other)
{
	return one->text.length == other->text.length &&
	       (one->text.length == 0 ||
		memcmp(one->text.bytes, other->text.bytes, one->text.length) == 0);
}

/* Both are in the order of their project, which is by path. */
static bool is_same_use(const struct users *one, const struct users *other)
{
	if (one->count != other->count)
		return false;
	for (size_t i = 0; i < one->count; i++) {
		const struct build *build = one->items[i], *old = other->items[i];

		if (build->stage != old->stage || strcmp(build->subject, old->subject) != 0 ||
		    strcmp(build->place.path, old->place.path) != 0)
			return false;
	}
	return true;
}

static bool is_changed(const struct comparison *comparison, const struct dockerfile *file)
{
	const struct side *now = comparison->now, *before = comparison->before;
	const struct dockerfile *old =
		before ? project_dockerfile(&before->project, file->path) : NULL;

	if (!before)
		return false;
	return !old || !is_same_text(old, file) ||
	       !is_same_use(users_of(now, file->path), users_of(before, file->path));
}

static void add_source(struct arena *arena, struct graph_stage *drawn, int index)
{
	if (index < 0)
		return;
	vec_each (const int *, source, &drawn->sources)
		if (*source == index)
			return;
	*vec_add(arena, &drawn->sources) = index;
}

static void draw_stages(struct arena *arena, struct graph *graph, const struct dockerfile *file)
{
	if (file->stages.count > MAX_GRAPH_STAGES)
		return;
	vec_each (const struct stage *, stage, &file->stages) {
		struct graph_stage *drawn = vec_add(arena, &graph->stages);

		drawn->name = arena_string(arena, stage->name);
		drawn->base = stage->parent < 0 ? arena_string(arena, stage->base) : NULL;
		drawn->parent = stage->parent;
		vec_each (const struct stage_source *, source, &stage->sources)
			add_source(arena, drawn, source->stage);
	}
}

static void draw(const struct comparison *comparison, const struct dockerfile *file)
{
	struct arena *arena = comparison->arena;
	struct graph *graph = vec_add(arena, &comparison->report->graphs);

	graph->path = arena_string(arena, file->path);
	draw_stages(arena, graph, file);
	vec_each (const struct build *const *, build, users_of(comparison->now, file->path))
		*vec_add(arena, &graph->users) =
			(struct graph_user){ arena_string(arena, (*build)->subject),
					     arena_string(arena, (*build)->place.path),
					     (*build)->stage };
}

static void draw_all(const struct comparison *comparison)
{
	struct report *report = comparison->report;

	vec_each (struct dockerfile *const *, file, &comparison->now->project.dockerfiles) {
		const char *path = (*file)->path;

		if (policy_ignores(comparison->policy, path) ||
		    (!map_get(&comparison->blamed, path) && !is_changed(comparison, *file)))
			continue;
		if (report->graphs.count == MAX_GRAPHS)
			report->more_graphs++;
		else
			draw(comparison, *file);
	}
}

int find_graphs(struct report *report, struct arena *arena, const struct history *history,
		const struct policy *policy)
{
	const struct changes *changes = &history->changes;
	const struct change *first = changes->items, *last = NULL;
	struct comparison comparison = { .report = report, .arena = arena, .policy = policy };
	int failed = 0;

	if (changes->count == 0)
		return 0;
	last = &changes->items[changes->count - 1];
	index_findings(&comparison);
	failed = read_side(&comparison, &comparison.now, history, last->tree);
	if (!failed && first->parents.count > 0)
		failed = read_side(&comparison, &comparison.before, history,
				   first->parents.items[0].tree);
	if (!failed)
		draw_all(&comparison);
	arena_release(&comparison.scratch);
	return failed;
}
