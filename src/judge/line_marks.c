#include "judge/line_marks.h"

#include <inttypes.h>
#include <string.h>

#include "model/line_hashes.h"

/* The tree and the file that were read last: findings come tree by tree, file by file. */
struct reading {
	const struct history *history;
	struct arena scratch; /* for the tree */
	struct snapshot snapshot;
	bool is_open;
	const char *tree, *path;
	struct line_hashes hashes;
};

/* None of its files has to be watched. */
static int open_tree(struct reading *reading, const char *tree)
{
	static const struct strings none;
	struct view view = { .tree = tree, .directories = &none };

	if (reading->is_open && reading->tree == tree)
		return 0;
	arena_clear(&reading->scratch);
	reading->path = NULL;
	reading->tree = tree;
	reading->is_open = true;
	return reading->history->open(reading->history, &reading->snapshot, &reading->scratch,
				      view);
}

/* A file that is not there, or too long to be read, has no lines. 0, or -1. */
static int read_file(struct reading *reading, const char *path)
{
	struct entry entry = { 0 };
	struct text text = { 0 };

	if (reading->path && strcmp(reading->path, path) == 0)
		return 0;
	reading->path = path;
	reading->hashes = (struct line_hashes){ 0 };
	if (snapshot_find(&reading->snapshot, &entry, path) < 0 ||
	    (entry.kind == ENTRY_FILE && snapshot_read(&reading->snapshot, &text, &entry) < 0))
		return -1;
	if (text.bytes)
		reading->hashes = line_hashes(&reading->scratch, text);
	return 0;
}

static const struct change *change_of(const struct changes *changes, const struct change *from,
				      const struct finding *finding)
{
	const struct change *last = changes->items + changes->count - 1;

	while (from < last && from->commit != finding->commit)
		from++;
	return from;
}

int find_line_marks(struct findings *findings, struct arena *arena, const struct history *history)
{
	struct reading reading = { .history = history };
	const struct change *change = history->changes.items;
	int failed = 0;

	vec_each (struct finding *, finding, findings) {
		unsigned line = finding->span.line ? finding->span.line : 1;
		const struct line_hash *hash = NULL;

		change = change_of(&history->changes, change, finding);
		if (open_tree(&reading, change->tree) < 0 ||
		    read_file(&reading, finding->path) < 0) {
			failed = -1;
			break;
		}
		if (line > reading.hashes.count)
			continue;
		hash = &reading.hashes.items[line - 1];
		finding->line_mark = arena_printf(arena, "%" PRIx64 ":%u", hash->hash, hash->count);
	}
	arena_release(&reading.scratch);
	return failed;
}
