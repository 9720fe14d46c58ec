/*
 * Two trees side by side, over their raw objects: what has the same id is not looked into. Where
 * nobody asked about anything below a directory only its watched files matter, and pairs of trees
 * that have the same ones are compared once, wherever they stand.
 */
#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "base/path.h"
#include "git/tree.h"

/* A comparison in progress. */
struct comparison {
	struct trees *trees;
	struct difference *difference;
	const git_oid *tree; /* for messages */
	struct map alike;    /* pairs of trees whose watched files are the same, by both ids */
};

/* A directory on both sides, or on one of them. */
struct pair {
	git_oid ids[2];
	bool is_there[2];
	const char *path;
	bool is_viewed; /* somebody asked about it or something below it */
	int depth;
};

static int compare(struct comparison *comparison, const struct pair *pair);

static bool is_same(const struct tree_entry *one, const struct tree_entry *other)
{
	return one && other && tree_entry_kind(one) == tree_entry_kind(other) &&
	       memcmp(one->id, other->id, GIT_OID_RAWSZ) == 0;
}

static int add_directory(struct comparison *comparison, const char *path)
{
	struct difference *difference = comparison->difference;

	/* Each is of a file that one of the two trees has. */
	if (difference->directories.count == 2 * MAX_WATCHED_FILES)
		return snapshot_too_many(id_hex(difference->arena, comparison->tree));
	*vec_add(difference->arena, &difference->directories) = path;
	return 0;
}

/* What one side alone has below a directory that nobody asked about. */
static int add_below(struct comparison *comparison, const struct pair *pair)
{
	struct arena *arena = comparison->difference->arena;
	const struct tree_summary *summary = NULL;
	const char *path = pair->path;
	struct tree_unfolded unfolded = { 0 };

	if (trees_summary(comparison->trees, &summary, &pair->ids[pair->is_there[0] ? 0 : 1],
			  pair->depth) < 0 ||
	    trees_unfold(&unfolded, arena, summary) < 0)
		return -1;
	vec_each (const struct entry *, entry, &unfolded.watched) {
		const char *file = path_join(arena, path, entry->path);

		if (add_directory(comparison, path_directory(arena, file)) < 0)
			return -1;
	}
	vec_each (const struct fault *, fault, &unfolded.faults)
		if (add_directory(comparison, path_join(arena, path, fault->place.path)) < 0)
			return -1;
	return 0;
}

static int compare_directories(struct comparison *comparison, struct pair *pair,
			       const struct tree_entry *const *sides)
{
	for (int i = 0; i < 2; i++) {
		pair->is_there[i] = sides[i] != NULL;
		if (sides[i])
			git_oid_fromraw(&pair->ids[i], sides[i]->id);
	}
	if (sides[0] && sides[1])
		return compare(comparison, pair);
	if (pair->is_viewed)
		*vec_add(comparison->difference->arena, &comparison->difference->paths) =
			pair->path;
	return pair->is_viewed ? compare(comparison, pair) : add_below(comparison, pair);
}

/* An entry as it is on both sides, NULL where it is not. Git's order brings two entries of one name
 * together where both or neither are directories. */
static int compare_entry(struct comparison *comparison, const struct pair *above,
			 const struct tree_entry *entry, const struct tree_entry *const *sides)
{
	struct difference *difference = comparison->difference;
	struct pair pair = { .depth = above->depth + 1 };
	bool is_directory = tree_entry_kind(entry) == ENTRY_DIRECTORY;
	bool is_watched = false;

	if (is_same(sides[0], sides[1]))
		return 0;
	if (is_directory || above->is_viewed)
		pair.path = path_join(difference->arena, above->path, entry->name);
	pair.is_viewed = above->is_viewed && trace_views(difference->trace, pair.path);
	if (is_directory)
		return compare_directories(comparison, &pair, sides);
	if (pair.is_viewed)
		*vec_add(difference->arena, &difference->paths) = pair.path;
	for (int i = 0; i < 2; i++)
		is_watched |= sides[i] && trees_watch(comparison->trees, sides[i]);
	return is_watched ? add_directory(comparison, above->path) : 0;
}

static int read_sides(struct comparison *comparison, struct tree_cursor *cursors,
		      const struct pair *pair)
{
	struct tree_object *object = NULL;

	for (int i = 0; i < 2; i++) {
		cursors[i] = (struct tree_cursor){ .text = { "", 0 } };
		if (!pair->is_there[i])
			continue;
		if (trees_object(comparison->trees, &object, &pair->ids[i]) < 0)
			return -1;
		cursors[i] = (struct tree_cursor){ .text = object->text,
						   .id = &object->node.id,
						   .is_sound = &object->is_sound };
	}
	return 0;
}

/* Entry by entry. */
static int merge(struct comparison *comparison, const struct pair *pair,
		 struct tree_cursor *cursors)
{
	struct tree_entry one, other;
	size_t entries = 0;
	int more = tree_next(&cursors[0], &one), more_other = tree_next(&cursors[1], &other);

	while (more >= 0 && more_other >= 0 && (more || more_other)) {
		int order = !more ? 1 : !more_other ? -1 : tree_entry_compare(&one, &other);
		const struct tree_entry *sides[] = { order <= 0 ? &one : NULL,
						     order >= 0 ? &other : NULL };

		if (compare_entry(comparison, pair, order <= 0 ? &one : &other, sides) < 0)
			return -1;
		entries++;
		if (order <= 0)
			more = tree_next(&cursors[0], &one);
		if (order >= 0)
			more_other = tree_next(&cursors[1], &other);
	}
	if (more < 0 || more_other < 0)
		return -1;
	return trees_take(comparison->trees, &pair->ids[pair->is_there[0] ? 0 : 1], entries);
}

static const char *key_of(struct arena *arena, const struct pair *pair)
{
	char *key = arena_bytes(arena, 2 * GIT_OID_HEXSZ + 1);

	git_oid_fmt(key, &pair->ids[0]);
	git_oid_tostr(key + GIT_OID_HEXSZ, GIT_OID_HEXSZ + 1, &pair->ids[1]);
	return key;
}

static int compare(struct comparison *comparison, const struct pair *pair)
{
	struct difference *difference = comparison->difference;
	size_t before = difference->directories.count;
	struct tree_cursor cursors[2];
	const char *key = NULL;

	if (!pair->is_viewed)
		key = key_of(difference->arena, pair);
	if (key && map_get(&comparison->alike, key))
		return 0;
	if (pair->depth > MAX_TREE_DEPTH)
		return trees_too_deep(&pair->ids[pair->is_there[0] ? 0 : 1]);
	if (read_sides(comparison, cursors, pair) < 0 || merge(comparison, pair, cursors) < 0)
		return -1;
	if ((cursors[0].padded || cursors[1].padded) && add_directory(comparison, pair->path) < 0)
		return -1;
	if (key && difference->directories.count == before)
		map_put(&comparison->alike, difference->arena, key, comparison);
	return 0;
}

int trees_differ(struct trees *trees, struct difference *difference, const git_oid *one,
		 const git_oid *other)
{
	struct comparison comparison = { .trees = trees,
					 .difference = difference,
					 .tree = other ? other : one };
	struct pair roots = { .is_there = { one, other },
			      .path = ".",
			      .is_viewed = trace_views(difference->trace, ".") };

	trees_begin(trees);
	if (one)
		roots.ids[0] = *one;
	if (other)
		roots.ids[1] = *other;
	if (one && other && git_oid_equal(one, other))
		return 0;
	if (!roots.is_viewed && !(one && other))
		return one || other ? add_below(&comparison, &roots) : 0;
	return compare(&comparison, &roots);
}
