#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "base/path.h"
#include "git/tree.h"

static int unfold(struct tree_unfolded *unfolded, struct arena *arena,
		  const struct tree_summary *summary, const char *path)
{
	vec_each (const struct tree_part *, part, &summary->parts) {
		struct entry entry = part->entry;

		entry.path = path_join(arena, path, entry.path);
		if (strlen(entry.path) > MAX_TREE_PATH)
			return fail("'%s' has a path of more than %d bytes", path_name(entry.path),
				    MAX_TREE_PATH);
		if (!part->below)
			*vec_add(arena, &unfolded->watched) = entry;
		else if (unfold(unfolded, arena, part->below, entry.path) < 0)
			return -1;
	}
	if (summary->is_padded)
		*vec_add(arena, &unfolded->faults) = trees_fault(arena, path, &summary->node.id);
	return 0;
}

int trees_unfold(struct tree_unfolded *unfolded, struct arena *arena,
		 const struct tree_summary *summary)
{
	*unfolded = (struct tree_unfolded){ 0 };
	vec_reserve(arena, &unfolded->watched, summary->watched);
	return unfold(unfolded, arena, summary, ".");
}

int trees_all(struct trees *trees, const struct tree_unfolded **all, const git_oid *tree)
{
	const struct tree_summary *summary = NULL;

	if (trees_summary(trees, &summary, tree, 0) < 0)
		return -1;
	if (trees->whole != summary) {
		trees->all = arena_new(trees->arena, struct tree_unfolded);
		if (trees_unfold(trees->all, trees->arena, summary) < 0)
			return -1;
		trees->whole = summary;
	}
	*all = trees->all;
	return 0;
}
