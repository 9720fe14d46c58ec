#ifndef MERGE_OVERLAY_H
#define MERGE_OVERLAY_H

#include "model/snapshot.h"

/* A file as it is to be. */
struct rewrite {
	const char *path;
	struct text before; /* bytes NULL: it is new */
	struct text after;  /* bytes NULL: it is removed */
};

struct rewrites VEC(struct rewrite);

/* A tree with some files as they are to be: nothing is written anywhere. */
struct overlay {
	struct snapshot *below;
	struct map by_path; /* struct rewrite * */
	struct map *known;  /* struct entry *: what was found below, for copies, too */
};

/* What is to become of a file; NULL: nothing. */
const struct rewrite *overlay_rewrite(const struct overlay *overlay, const char *path);

/* Let a file become that (bytes NULL: it is removed). before counts for a path not yet changed.
 * What it is to be is copied, and lives as long as the tree below. */
void overlay_put(struct overlay *overlay, struct rewrite rewrite);

/* The same with all changes of another one in it. */
struct overlay overlay_copy(const struct overlay *overlay);

/* All changes, by path. */
struct rewrites overlay_rewrites(const struct overlay *overlay, struct arena *arena);

/* The tree, as any other is read. */
void overlay_snapshot(struct snapshot *snapshot, struct arena *arena, struct overlay *overlay);

#endif
