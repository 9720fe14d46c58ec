#include "merge/overlay.h"

#include <string.h>

#include "base/path.h"

const struct rewrite *overlay_rewrite(const struct overlay *overlay, const char *path)
{
	return map_get(&overlay->by_path, path);
}

void overlay_put(struct overlay *overlay, struct arena *arena, struct rewrite rewrite)
{
	const struct rewrite *known = overlay_rewrite(overlay, rewrite.path);
	struct rewrite *kept = arena_new(arena, struct rewrite);

	*kept = rewrite;
	kept->path = arena_string(arena, rewrite.path);
	if (known)
		kept->before = known->before;
	map_put(&overlay->by_path, arena, kept->path, kept);
}

struct overlay overlay_copy(const struct overlay *overlay, struct arena *arena)
{
	struct overlay copy = { .below = overlay->below };
	struct rewrites all = overlay_rewrites(overlay, arena);

	vec_each (const struct rewrite *, rewrite, &all)
		overlay_put(&copy, arena, *rewrite);
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

static int lookup(struct snapshot *snapshot, struct entry *found, const char *path)
{
	const struct overlay *overlay = snapshot->source;
	const struct rewrite *rewrite = overlay_rewrite(overlay, path);

	if (!rewrite) {
		if (overlay->below->lookup(overlay->below, found, path) < 0)
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

	if (!rewrite)
		return overlay->below->read(overlay->below, arena, text, entry);
	*text = rewrite->after;
	if (text->length > MAX_FILE_SIZE)
		text->bytes = NULL;
	return 0;
}

void overlay_snapshot(struct snapshot *snapshot, struct arena *arena, struct overlay *overlay)
{
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
