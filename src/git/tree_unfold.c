#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "base/path.h"
#include "git/tree.h"

/* Where all of it goes. */
struct unfolding {
	struct arena *arena;
	struct entries *watched;
	struct faults *faults;
};

static int unfold(const struct unfolding *unfolding, const struct tree_summary *summary,
		  const char *path)
{
	vec_each (const struct tree_part *, part, &summary->parts) {
		struct entry entry = part->entry;

		entry.path = path_join(unfolding->arena, path, entry.path);
		if (strlen(entry.path) > MAX_TREE_PATH)
			return fail("'%s' has a path of more than %d bytes", path_name(entry.path),
				    MAX_TREE_PATH);
		if (!part->below)
			*vec_add(unfolding->arena, unfolding->watched) = entry;
		else if (unfold(unfolding, part->below, entry.path) < 0)
			return -1;
	}
	if (summary->is_padded)
		*vec_add(unfolding->arena, unfolding->faults) =
			trees_fault(unfolding->arena, path, &summary->node.id);
	return 0;
}

int trees_unfold(const struct tree_summary *summary, struct arena *arena, struct entries *watched,
		 struct faults *faults)
{
	const struct unfolding unfolding = { arena, watched, faults };

	if (watched->count == 0)
		vec_reserve(arena, watched, summary->watched);
	return unfold(&unfolding, summary, ".");
}
