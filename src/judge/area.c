#include "judge/area.h"

#include <string.h>

#include "base/path.h"
#include "model/variants.h"

struct area *area_leader(struct area *area)
{
	while (area->leader != area) {
		area->leader = area->leader->leader;
		area = area->leader;
	}
	return area;
}

static struct area *get(struct areas *areas, const char *name, bool is_directory)
{
	struct area *area = NULL;

	if (areas->whole)
		return areas->whole;
	area = map_get(&areas->by_name, name);
	if (area)
		return area_leader(area);
	area = arena_new(areas->arena, struct area);
	area->name = arena_string(areas->arena, name);
	area->is_directory = is_directory;
	area->leader = area;
	*vec_add(areas->arena, &area->members) = area;
	map_put(&areas->by_name, areas->arena, name, area);
	return area;
}

struct area *areas_get(struct areas *areas, const char *directory)
{
	return get(areas, directory, true);
}

/* The smaller one joins the larger, so that no member moves often. */
static void join(struct areas *areas, struct area *one, struct area *other)
{
	struct area *leader = area_leader(one), *joining = area_leader(other);

	if (leader == joining)
		return;
	if (leader->members.count < joining->members.count) {
		leader = joining;
		joining = area_leader(one);
	}
	joining->leader = leader;
	vec_each (struct area **, member, &joining->members)
		*vec_add(areas->arena, &leader->members) = *member;
}

void areas_link_file(struct areas *areas, struct area *area, struct arena *scratch,
		     const char *path)
{
	join(areas, area, areas_get(areas, path_directory(scratch, path)));
}

/* Directories that count as one meet at the names they have in common. */
static void link_siblings(struct areas *areas, struct area *area, struct arena *scratch,
			  const char *path)
{
	struct strings names = { 0 };

	variants_siblings(&names, scratch, path_directory(scratch, path));
	vec_each (const char **, name, &names)
		join(areas, area, get(areas, *name, false));
}

static void link_builds(struct areas *areas, struct area *area, struct arena *scratch,
			const struct builds *builds)
{
	vec_each (const struct build *, build, builds)
		if (build->dockerfile)
			areas_link_file(areas, area, scratch, build->dockerfile);
}

void areas_link(struct areas *areas, struct area *area, const struct project *project)
{
	struct arena *scratch = project->arena;

	vec_each (struct dockerfile **, file, &project->dockerfiles) {
		areas_link_file(areas, area, scratch, (*file)->path);
		areas_link_file(areas, area, scratch, (*file)->real_path);
		link_siblings(areas, area, scratch, (*file)->path);
	}
	link_builds(areas, area, scratch, &project->builds);
	link_builds(areas, area, scratch, &project->covered);
}

void areas_join_all(struct areas *areas)
{
	areas->whole = get(areas, ".", true);
}
