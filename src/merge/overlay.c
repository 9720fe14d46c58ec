#include "merge/overlay.h"

#include <string.h>

#include "base/limits.h"
#include "base/path.h"

const struct rewrite *overlay_rewrite(const struct overlay *overlay, const char *path)
{
	return map_get(&overlay->by_path, path);
}

void overlay_put(struct overlay *overlay, struct rewrite rewrite)
{
	struct arena *arena = overlay->below->arena;
	const struct rewrite *known = overlay_rewrite(overlay, rewrite.path);
	struct rewrite *kept = arena_new(arena, struct rewrite);

	*kept = rewrite;
	kept->path = arena_string(arena, rewrite.path);
	if (rewrite.after.bytes)
		kept->after.bytes = arena_copy(arena, rewrite.after.bytes, rewrite.after.length);
	if (known)
		kept->before = known->before;
	map_put(&overlay->by_path, arena, kept->path, kept);
}

struct overlay overlay_copy(const struct overlay *overlay)
{
	struct arena *arena = overlay->below->arena;
	struct overlay copy = { .below = overlay->below, .known = overlay->known };
	struct map_walk walk = map_walk(&overlay->by_path, arena);
	struct rewrite *rewrite = NULL;

	while ((rewrite = map_next(&walk)))
		map_put(&copy.by_path, arena, rewrite->path, rewrite);
	return copy;
}

struct rewrites overlay_rewrites(const struct overlay *overlay, struct arena *arena)
{
	struct map_walk walk = map_walk(&overlay->by_path, arena);
	struct rewrites all = { 0 };
	const struct rewrite *rewrite = NULL;

	while ((rewrite = map_next(&walk)))
		*vec_add(arena, &all) = *rewrite;
	return all;
}

static bool is_removed(const struct rewrite *rewrite)
{
	return rewrite && !rewrite->after.bytes;
}

/* Git knows no empty directories: is one left without files? */
static bool is_emptied(const struct overlay *overlay, struct arena *arena, const char *path)
{
	struct rewrites all = overlay_rewrites(overlay, arena);
	bool loses = false;

	vec_each (const struct rewrite *, rewrite, &all)
		loses = loses || (is_removed(rewrite) && path_is_within(rewrite->path, path));
	if (!loses)
		return false;
	vec_each (const struct entry *, entry, &overlay->below->watched)
		if (path_is_within(entry->path, path) &&
		    !is_removed(overlay_rewrite(overlay, entry->path)))
			return false;
	return true;
}

/* What stands there in the tree below, which is asked once. 0, or -1. */
static int lookup_below(const struct overlay *overlay, struct entry *found, const char *path)
{
	struct arena *arena = overlay->below->arena;
	struct entry *known = map_get(overlay->known, path);

	if (!known) {
		known = arena_new(arena, struct entry);
		if (snapshot_lookup(overlay->below, known, path) < 0)
			return -1;
		map_put(overlay->known, arena, path, known);
	}
	*found = *known;
	return 0;
}

static int lookup(struct snapshot *snapshot, struct entry *found, const char *path)
{
	const struct overlay *overlay = snapshot->source;
	const struct rewrite *rewrite = overlay_rewrite(overlay, path);

	if (!rewrite) {
		if (lookup_below(overlay, found, path) < 0)
			return -1;
		if (found->kind == ENTRY_DIRECTORY && is_emptied(overlay, snapshot->arena, path))
			found->kind = ENTRY_ABSENT;
		return 0;
	}
	*found = (struct entry){ .path = arena_string(snapshot->arena, path) };
	found->kind = is_removed(rewrite) ? ENTRY_ABSENT : ENTRY_FILE;
	return 0;
}

static int read_file(struct snapshot *snapshot, struct arena *arena, struct text *text,
		     const struct entry *entry)
{
	const struct overlay *overlay = snapshot->source;
	const struct rewrite *rewrite = overlay_rewrite(overlay, entry->path);

	(void)arena; /* what is below is read once, and kept there */
	if (!rewrite)
		return snapshot_read(overlay->below, text, entry);
	*text = rewrite->after;
	if (text->length > MAX_FILE_SIZE)
		text->bytes = NULL;
	return 0;
}

void overlay_snapshot(struct snapshot *snapshot, struct arena *arena, struct overlay *overlay)
{
	if (!overlay->known)
		overlay->known = arena_new(overlay->below->arena, struct map);
	*snapshot = (struct snapshot){
		.arena = arena, .lookup = lookup, .read = read_file, .source = overlay
	};
	snapshot->closed = overlay->below->closed;
	snapshot->faults = overlay->below->faults;
	vec_each (const struct entry *, entry, &overlay->below->watched) {
		const struct rewrite *rewrite = overlay_rewrite(overlay, entry->path);
		struct entry *copy = NULL;

		if (is_removed(rewrite))
			continue;
		copy = vec_add(arena, &snapshot->watched);
		*copy = *entry;
		if (rewrite)
			copy->id[0] = '\0';
	}
}
