#include "base/buf.h"
#include "base/deadline.h"
#include "base/fail.h"
#include "base/limits.h"
#include "base/path.h"
#include "git/tree.h"

/* On the way down; path is where the walk has come to, with a slash behind each directory. */
struct unfolding {
	struct tree_unfolded *unfolded;
	struct arena *arena;
	struct buf path;
};

static int check_path(const struct unfolding *unfolding)
{
	if (unfolding->path.length <= MAX_TREE_PATH)
		return deadline_check();
	return fail("'%s' has a path of more than %d bytes", path_name(buf_text(&unfolding->path)),
		    MAX_TREE_PATH);
}

static void add_fault(struct unfolding *unfolding, const struct tree_summary *summary)
{
	size_t length = unfolding->path.length;
	const char *path = arena_copy(unfolding->arena, buf_text(&unfolding->path),
				      length > 0 ? length - 1 : 0);

	*vec_add(unfolding->arena, &unfolding->unfolded->faults) =
		trees_fault(unfolding->arena, *path ? path : ".", &summary->node.id);
}

static int unfold(struct unfolding *unfolding, const struct tree_summary *summary)
{
	struct buf *path = &unfolding->path;
	size_t length = path->length;

	vec_each (const struct tree_part *, part, &summary->parts) {
		struct entry entry = part->entry;

		buf_add(path, entry.path);
		if (part->below) {
			buf_addc(path, '/');
			if (unfold(unfolding, part->below) < 0)
				return -1;
		} else {
			if (check_path(unfolding) < 0)
				return -1;
			entry.path = arena_copy(unfolding->arena, buf_text(path), path->length);
			*vec_add(unfolding->arena, &unfolding->unfolded->watched) = entry;
		}
		buf_cut(path, length);
	}
	if (summary->is_padded)
		add_fault(unfolding, summary);
	return 0;
}

int trees_unfold(struct tree_unfolded *unfolded, struct arena *arena,
		 const struct tree_summary *summary)
{
	struct unfolding unfolding = { .unfolded = unfolded, .arena = arena };
	int failed = 0;

	*unfolded = (struct tree_unfolded){ .summary = summary };
	vec_reserve(arena, &unfolded->watched, summary->watched);
	failed = unfold(&unfolding, summary);
	buf_release(&unfolding.path);
	return failed;
}

int trees_all(struct trees *trees, const struct tree_unfolded **all, const git_oid *tree)
{
	const struct tree_summary *summary = NULL;

	if (trees_summary(trees, &summary, tree, 0) < 0)
		return -1;
	if (!trees->all || trees->all->summary != summary) {
		struct tree_unfolded *unfolded = arena_new(trees->arena, struct tree_unfolded);

		if (trees_unfold(unfolded, trees->arena, summary) < 0)
			return -1;
		trees->all = unfolded;
	}
	*all = trees->all;
	return 0;
}
