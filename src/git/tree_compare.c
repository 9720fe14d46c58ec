/*
 * Two trees side by side, over their raw objects: what has the same id is not looked into. Where
 * nothing below a directory was looked at, only its watched files matter, and those of a pair of
 * trees are compared once, wherever it stands.
 */
#include <string.h>

#include "base/fail.h"
#include "base/path.h"
#include "git/tree.h"

/* A comparison in progress. */
struct comparison {
	struct trees *trees;
	const struct trace *trace;
	struct arena scratch;
	struct map alike; /* pairs of trees whose watched files are the same, by both ids */
};

/* A directory on both sides; path NULL: nothing at or below it was looked at. */
struct pair {
	git_oid one, other;
	const char *path;
	int depth;
};

static int compare(struct comparison *comparison, const struct pair *pair);

static bool is_same(const struct tree_entry *one, const struct tree_entry *other)
{
	return tree_entry_kind(one) == tree_entry_kind(other) &&
	       memcmp(one->id, other->id, GIT_OID_RAWSZ) == 0;
}

/* Where an entry of the pair stands if it or something below it was looked at; NULL else. */
static const char *looked_at(struct comparison *comparison, const struct pair *pair,
			     const struct tree_entry *entry)
{
	struct arena *scratch = &comparison->scratch;
	const char *path = NULL;

	if (!pair->path)
		return NULL;
	path = path_join(scratch, pair->path, arena_copy(scratch, entry->name, entry->length));
	return map_get(&comparison->trace->paths, path) ? path : NULL;
}

/* Is something watched in what one side alone has? */
static int has_watched(struct comparison *comparison, const struct tree_entry *entry)
{
	const struct tree_summary *summary = NULL;
	git_oid id;

	if (tree_entry_kind(entry) != ENTRY_DIRECTORY)
		return trees_watch(comparison->trees, entry);
	git_oid_fromraw(&id, entry->id);
	if (trees_summary(comparison->trees, &summary, &id) < 0)
		return -1;
	return summary->watched.count > 0 || summary->faults.count > 0;
}

/* An entry that only one side has. */
static int compare_one(struct comparison *comparison, const struct pair *pair,
		       const struct tree_entry *entry)
{
	return looked_at(comparison, pair, entry) ? 1 : has_watched(comparison, entry);
}

/* Two entries of one name, which Git's order brings together where both or neither are trees. */
static int compare_both(struct comparison *comparison, const struct pair *pair,
			const struct tree_entry *one, const struct tree_entry *other)
{
	const char *path = NULL;
	struct pair below = { .depth = pair->depth + 1 };

	if (is_same(one, other))
		return 0;
	path = looked_at(comparison, pair, one);
	if (tree_entry_kind(one) != ENTRY_DIRECTORY)
		return path || trees_watch(comparison->trees, one) ||
		       trees_watch(comparison->trees, other);
	git_oid_fromraw(&below.one, one->id);
	git_oid_fromraw(&below.other, other->id);
	below.path = path;
	return compare(comparison, &below);
}

static int read_tree(struct comparison *comparison, struct tree_cursor *cursor, const git_oid *id)
{
	struct tree_object *object = NULL;

	if (trees_object(comparison->trees, &object, id) < 0)
		return -1;
	*cursor = (struct tree_cursor){ .text = object->text, .hex = object->hex };
	return 0;
}

/* Entry by entry, until one differs. */
static int merge(struct comparison *comparison, const struct pair *pair,
		 struct tree_cursor *cursors)
{
	struct tree_entry one, other;
	int more = tree_next(&cursors[0], &one), more_other = tree_next(&cursors[1], &other);
	int differs = 0;

	while (!differs && more >= 0 && more_other >= 0 && (more || more_other)) {
		int order = !more ? 1 : !more_other ? -1 : tree_entry_compare(&one, &other);

		if (order == 0)
			differs = compare_both(comparison, pair, &one, &other);
		else
			differs = compare_one(comparison, pair, order < 0 ? &one : &other);
		if (!differs && order <= 0)
			more = tree_next(&cursors[0], &one);
		if (!differs && order >= 0)
			more_other = tree_next(&cursors[1], &other);
	}
	return more < 0 || more_other < 0 ? -1 : differs;
}

static const char *key_of(struct arena *arena, const struct pair *pair)
{
	char one[GIT_OID_HEXSZ + 1], other[GIT_OID_HEXSZ + 1];

	git_oid_tostr(one, sizeof(one), &pair->one);
	git_oid_tostr(other, sizeof(other), &pair->other);
	return arena_printf(arena, "%s %s", one, other);
}

static int compare(struct comparison *comparison, const struct pair *pair)
{
	struct tree_cursor cursors[2];
	const char *key = pair->path ? NULL : key_of(&comparison->scratch, pair);
	int differs = 0;

	if (key && map_get(&comparison->alike, key))
		return 0;
	if (pair->depth > MAX_TREE_DEPTH)
		return fail("a tree lies more than %d directories deep", MAX_TREE_DEPTH);
	if (read_tree(comparison, &cursors[0], &pair->one) < 0 ||
	    read_tree(comparison, &cursors[1], &pair->other) < 0)
		return -1;
	differs = merge(comparison, pair, cursors);
	if (!differs && (cursors[0].padded || cursors[1].padded))
		return 1;
	if (!differs && key)
		map_put(&comparison->alike, &comparison->scratch, key, comparison);
	return differs;
}

int trees_differ(struct trees *trees, const git_oid *one, const git_oid *other,
		 const struct trace *trace)
{
	struct comparison comparison = { .trees = trees, .trace = trace };
	struct pair roots = { .one = *one, .other = *other, .path = "." };
	int differs = 0;

	trees_trim(trees);
	if (!git_oid_equal(one, other))
		differs = compare(&comparison, &roots);
	arena_release(&comparison.scratch);
	return differs;
}
