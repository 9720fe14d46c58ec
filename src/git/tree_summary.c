#include <string.h>

#include "base/deadline.h"
#include "base/limits.h"
#include "base/path.h"
#include "git/handles.h"
#include "git/tree.h"

static struct entry entry_of(struct arena *arena, const struct tree_entry *found)
{
	struct entry entry = { .path = arena_copy(arena, found->name, found->length),
			       .kind = tree_entry_kind(found) };

	id_write(entry.id, found->id);
	return entry;
}

struct fault trees_fault(struct arena *arena, const char *path, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), id);
	return (struct fault){ .place = { .path = path },
			       .message = arena_printf(
				       arena, "tree %s is malformed: modes with leading zeros",
				       hex),
			       .help = "let Git write the directory anew: commit a change in it" };
}

/* What there is in a tree, or in one that stands at a path below it. */
struct amount {
	size_t watched, faults;
	size_t paths; /* bytes of their paths */
	size_t room;  /* what all of it would take if it stood in each directory on the way, too */
};

static int add_amount(struct trees *trees, struct tree_summary *summary, struct amount amount)
{
	summary->watched += amount.watched;
	summary->faults += amount.faults;
	summary->paths += amount.paths;
	summary->room += amount.room + amount.paths + amount.watched * sizeof(struct entry) +
			 amount.faults * sizeof(struct fault);
	if (summary->watched > MAX_WATCHED_FILES)
		return snapshot_too_many(id_hex(trees->arena, &summary->node.id));
	if (summary->faults > MAX_WATCHED_FILES)
		return fail("more than %d malformed trees in one", MAX_WATCHED_FILES);
	if (summary->room > MAX_TREE_ROOM)
		return fail("the paths below tree %s take more than %u MiB",
			    id_hex(trees->arena, &summary->node.id), MAX_TREE_ROOM >> 20);
	return 0;
}

static int add_watched(struct trees *trees, struct tree_summary *summary, struct entry entry)
{
	*vec_add(trees->arena, &summary->parts) = (struct tree_part){ .entry = entry };
	return add_amount(trees, summary,
			  (struct amount){ .watched = 1, .paths = strlen(entry.path) });
}

/* A directory with something in it or below, each path of which begins with its name. */
static int add_directory(struct trees *trees, struct tree_summary *summary, const char *name,
			 const struct tree_summary *below)
{
	struct amount amount = { below->watched, below->faults, below->paths, below->room };

	amount.paths += (below->watched + below->faults) * (strlen(name) + 1);
	*vec_add(trees->arena, &summary->parts) =
		(struct tree_part){ .entry = { .path = name }, .below = below };
	return add_amount(trees, summary, amount);
}

/* Where a tree stands. */
struct spot {
	int depth;
	struct index_hint hint;
};

static int summarise(struct trees *trees, struct tree_summary **summary, const git_oid *tree,
		     const struct spot *spot);

/* What is watched below a directory of the tree being read. */
static int add_below(struct trees *trees, struct tree_summary *summary,
		     const struct tree_entry *found, const struct spot *above)
{
	struct tree_summary *below = NULL;
	struct spot spot = { above->depth + 1,
			     index_hint_below(&above->hint,
					      (struct text){ found->name, found->length }) };
	git_oid id;

	git_oid_fromraw(&id, found->id);
	if (summarise(trees, &below, &id, &spot) < 0)
		return -1;
	if (summary->height <= below->height)
		summary->height = below->height + 1;
	if (below->watched == 0 && below->faults == 0)
		return 0;
	return add_directory(trees, summary, arena_copy(trees->arena, found->name, found->length),
			     below);
}

bool trees_watch_name(const struct trees *trees, const char *name, enum entry_kind kind)
{
	return (kind == ENTRY_FILE || kind == ENTRY_LINK) && strlen(name) <= MAX_WATCHED_NAME &&
	       trees->watches(name);
}

bool trees_watch(const struct trees *trees, const struct tree_entry *entry)
{
	return trees_watch_name(trees, entry->name, tree_entry_kind(entry));
}

/* The order of a tree's entries is that of the bytes of the paths below them. */
static int read_entries(struct trees *trees, struct tree_summary *summary,
			struct tree_cursor *cursor, const struct spot *spot)
{
	struct tree_entry found;
	size_t entries = 0;
	int more = 0;

	for (; (more = tree_next(cursor, &found)) > 0; entries++) {
		if (tree_entry_kind(&found) == ENTRY_DIRECTORY) {
			if (add_below(trees, summary, &found, spot) < 0)
				return -1;
		} else if (trees_watch(trees, &found) &&
			   add_watched(trees, summary, entry_of(trees->arena, &found)) < 0)
			return -1;
	}
	return more < 0 ? -1 : trees_take(trees, cursor->id, entries);
}

/* Is there something to watch in the directory itself? Then its paths will be asked for. */
static bool watches_own(const struct tree_summary *summary)
{
	vec_each (const struct tree_part *, part, &summary->parts)
		if (!part->below)
			return true;
	return false;
}

/* One that a comparison has read is kept; else it is put into the arena. In another thread a
 * failure is none yet. 0, or -1. */
static int read_bytes(struct trees *trees, struct arena *scratch, struct text *bytes,
		      const git_oid *tree)
{
	const struct tree_object *kept = (const struct tree_object *)ids_get(&trees->objects, tree);
	struct wanted wanted = { tree, GIT_OBJECT_TREE, 0 };

	if (kept) {
		*bytes = kept->text;
		return 0;
	}
	if (!trees->packs)
		return repository_read(trees->repository, scratch, bytes, wanted);
	return packs_copy(trees->packs, scratch, bytes, wanted) ? deadline_check() : -1;
}

/* Nothing is kept that is seen once. */
static void keep_bytes(struct trees *trees, struct text bytes, const git_oid *tree)
{
	if (ids_get(&trees->objects, tree))
		return;
	bytes.bytes = arena_copy(&trees->kept, bytes.bytes, bytes.length);
	trees_keep(trees, tree, bytes);
}

static int read_summary(struct trees *trees, struct tree_summary *summary, const git_oid *tree,
			const struct spot *spot)
{
	struct tree_cursor cursor = { .id = tree };
	struct arena scratch = { 0 };
	int failed = 0;

	if (spot->depth > MAX_TREE_DEPTH)
		return trees_too_deep(tree);
	failed = read_bytes(trees, &scratch, &cursor.text, tree);
	if (!failed)
		failed = read_entries(trees, summary, &cursor, spot);
	if (!failed && watches_own(summary))
		keep_bytes(trees, cursor.text, tree);
	arena_release(&scratch);
	summary->is_padded = cursor.padded;
	if (!failed && cursor.padded)
		failed = add_amount(trees, summary, (struct amount){ .faults = 1 });
	return failed;
}

/* What the index has in the same directory. */
static int take_hint(struct trees *trees, struct tree_summary *summary,
		     const struct index_hint *hint)
{
	struct index_entries watched = index_hint_watched(hint);

	vec_each (const struct index_entry *, found, &watched) {
		struct entry entry =
			index_entry_found(found, found->path + strlen(hint->node->path));

		if (entry.kind != ENTRY_SUBMODULE && add_watched(trees, summary, entry) < 0)
			return -1;
	}
	return 0;
}

static struct tree_summary *known(const struct trees *trees, const git_oid *tree)
{
	struct id_node *node = ids_get(&trees->summaries, tree);

	return (struct tree_summary *)(node ? node : ids_get(&trees->warmed, tree));
}

/* What is said with the help of the index is true of the tree in this one place. */
static int summarise(struct trees *trees, struct tree_summary **summary, const git_oid *tree,
		     const struct spot *spot)
{
	*summary = known(trees, tree);
	if (*summary)
		return spot->depth + (*summary)->height > MAX_TREE_DEPTH ? trees_too_deep(tree) : 0;
	*summary = arena_new(trees->arena, struct tree_summary);
	(*summary)->node.id = *tree;
	if (index_hint_is(&spot->hint, tree))
		return take_hint(trees, *summary, &spot->hint);
	if (read_summary(trees, *summary, tree, spot) < 0)
		return -1;
	if (!spot->hint.node)
		ids_put(&trees->summaries, trees->arena, &(*summary)->node);
	return 0;
}

/* As with two threads, but what both of them found counts once, and what fails fails in its turn.
 */
static int summarise_alone(struct trees *trees, struct tree_summary **summary, const git_oid *tree,
			   const struct spot *spot)
{
	failure_clear();
	trees->summaries = trees->warmed = (struct ids){ 0 };
	return summarise(trees, summary, tree, spot);
}

int trees_summary(struct trees *trees, const struct tree_summary **summary, const git_oid *tree,
		  int depth)
{
	struct tree_summary *found = NULL;
	struct spot root = { depth, index_hint(trees->index) };
	size_t count = trees->count, entry_count = trees->entry_count;
	/* The first one is all of a tree; later ones have most below them in common with it. */
	bool is_warm = !trees->index && !trees->is_warm && trees_warm(trees, tree, depth);
	int failed = summarise(trees, &found, tree, &root);

	if (failed && is_warm) {
		trees->count = count;
		trees->entry_count = entry_count;
		failed = summarise_alone(trees, &found, tree, &root);
	}
	*summary = found;
	return failed;
}
