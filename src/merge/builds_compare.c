#include "merge/builds_compare.h"

#include <string.h>

static bool is_same_view(const struct build *one, const struct build *other)
{
	if (strcmp(one->subject, other->subject) != 0 || strcmp(one->kind, other->kind) != 0 ||
	    one->files.count != other->files.count)
		return false;
	for (size_t i = 0; i < one->files.count; i++)
		if (strcmp(one->files.items[i], other->files.items[i]) != 0)
			return false;
	return true;
}

/* What a build does, in hex; "" where nobody knows. */
static struct key chain_of(struct arena *arena, const struct project *project,
			   const struct build *build)
{
	const struct dockerfile *file = build_dockerfile(project, build);
	struct key key = { "" };
	struct recipe recipe;

	if (!file || build->stage < 0 || file->error || file->opaque)
		return key;
	recipe_read(&recipe, arena, file);
	return recipe.stages.items[build->stage].chain;
}

static bool is_same(struct arena *arena, const struct project *before, const struct build *old,
		    const struct project *after, const struct build *new)
{
	struct key was = chain_of(arena, before, old), is = chain_of(arena, after, new);

	if (strcmp(was.hex, is.hex) != 0 || old->remote != new->remote ||
	    !old->context != !new->context)
		return false;
	return !old->context || strcmp(old->context, new->context) == 0;
}

/* A context that would not be there any more was a directory of Dockerfiles alone. 0, or -1. */
static int check_context(struct plan *plan, const struct build *old, const struct project *before,
			 const struct project *after)
{
	struct entry was = { 0 }, is = { 0 };

	if (!old->context)
		return 0;
	if (snapshot_find(before->snapshot, &was, old->context) < 0 ||
	    snapshot_find(after->snapshot, &is, old->context) < 0)
		return -1;
	if (was.kind == ENTRY_DIRECTORY && is.kind != ENTRY_DIRECTORY)
		plan_refuse(plan, old->place, "keep another file in it, or build it in another one",
			    "service '%s' is built in '%s', in which nothing would be left",
			    old->subject, old->context);
	return 0;
}

/* A tree and what is to become of it. */
struct comparing {
	struct plan *plan;
	const struct project *before, *after;
	struct rewriting_mode *mode;
};

static void compare(struct comparing *comparing, const struct build *old,
		    const struct builds *builds)
{
	struct plan *plan = comparing->plan;
	struct arena scratch = { 0 };
	bool is_kept = false;

	vec_each (const struct build *, new, builds)
		is_kept = is_kept ||
			  (is_same_view(old, new) &&
			   is_same(&scratch, comparing->before, old, comparing->after, new));
	arena_release(&scratch);
	if (is_kept)
		return;
	map_put(&comparing->mode->inherits, plan->arena, build_key(plan->arena, old), plan);
	plan_refuse(plan, old->place, "change it by hand, and merge then",
		    "service '%s' would not build the same as before", old->subject);
}

/* Every build of a list has one in the other that does the same. 0, or -1. */
static int compare_all(struct comparing *comparing, const struct builds *old_builds,
		       const struct builds *new_builds)
{
	vec_each (const struct build *, old, old_builds) {
		compare(comparing, old, new_builds);
		if (check_context(comparing->plan, old, comparing->before, comparing->after) < 0)
			return -1;
	}
	return 0;
}

int builds_compare(struct plan *plan, const struct project *before, const struct project *after,
		   struct rewriting_mode *mode)
{
	struct comparing comparing = { plan, before, after, mode };

	if (compare_all(&comparing, &before->builds, &after->builds) < 0 ||
	    compare_all(&comparing, &before->covered, &after->covered) < 0)
		return -1;
	return 0;
}
