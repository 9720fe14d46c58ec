#include "model/snapshot.h"

#include <string.h>

#include "base/deadline.h"
#include "base/fail.h"
#include "base/limits.h"
#include "base/path.h"

int snapshot_too_many(const char *tree)
{
	return fail("more than %d Dockerfiles and compose files in %s %s", MAX_WATCHED_FILES,
		    tree ? "tree" : "what", tree ? tree : "is judged");
}

int snapshot_lookup(struct snapshot *snapshot, struct entry *found, const char *path)
{
	if (snapshot->trace)
		trace_note(snapshot->trace, path);
	*found = (struct entry){ .path = path };
	if (deadline_check() < 0)
		return -1;
	return snapshot->lookup(snapshot, found, path);
}

/* A look-up that follows links: the components of path that are still to be walked. */
struct walk {
	const char *done; /* directory reached */
	const char *rest; /* components left, "" at the end */
	unsigned hops;
};

/* What a link's text means: the walk goes on there. False where it leaves the tree. */
static bool follow(struct snapshot *snapshot, struct walk *walk, struct text target,
		   const char *behind)
{
	if (++walk->hops > MAX_LINK_HOPS || target.length == 0 || !target.bytes ||
	    *target.bytes == '/' || memchr(target.bytes, '\0', target.length))
		return false;
	walk->rest = *behind ? arena_printf(snapshot->arena, "%s/%s", target.bytes, behind)
			     : target.bytes;
	return true;
}

/* Does a component name the directory reached, or the one above? */
static bool is_dots(const char *name)
{
	return name[strspn(name, ".")] == '\0' && strlen(name) <= 2;
}

/* Where a component leads from the directory reached; NULL: out of the tree. What stands above a
 * directory behind a link is not what stands above the link. */
static const char *next_path(struct arena *arena, const char *done, const char *name)
{
	if (!is_dots(name))
		return path_join(arena, done, name);
	if (strlen(name) < 2)
		return done;
	return strcmp(done, ".") == 0 ? NULL : path_directory(arena, done);
}

static int go_on(struct walk *walk, const char *path, const char *behind)
{
	walk->done = path;
	walk->rest = behind;
	return 1;
}

/* One component further. 0 and *found set when the walk is over, 1 to go on, or -1. */
static int step(struct snapshot *snapshot, struct entry *found, struct walk *walk)
{
	size_t size = strcspn(walk->rest, "/");
	const char *name = arena_copy(snapshot->arena, walk->rest, size);
	const char *behind = walk->rest + size + (walk->rest[size] == '/');
	const char *path = next_path(snapshot->arena, walk->done, name);
	struct text target = { 0 };

	if (!path) {
		found->kind = ENTRY_OUTSIDE;
		return 0;
	}
	if (*behind && is_dots(name))
		return go_on(walk, path, behind);
	if (snapshot_lookup(snapshot, found, path) < 0)
		return -1;
	if (found->kind == ENTRY_LINK) {
		if (snapshot_read(snapshot, &target, found) < 0)
			return -1;
		if (follow(snapshot, walk, target, behind))
			return 1;
		found->kind = ENTRY_OUTSIDE;
		return 0;
	}
	if (!*behind || found->kind == ENTRY_SUBMODULE)
		return 0;
	if (found->kind != ENTRY_DIRECTORY) {
		found->kind = ENTRY_ABSENT;
		return 0;
	}
	return go_on(walk, path, behind);
}

static void keep(struct snapshot *snapshot, const char *path, const struct entry *found)
{
	struct entry *known = arena_new(snapshot->arena, struct entry);

	*known = *found;
	table_put(&snapshot->found, snapshot->arena, path, known);
}

/* Is the path that of a directory itself, no link on the way? 1 or 0, or -1. */
static int is_directory(struct snapshot *snapshot, const char *path)
{
	const struct entry *known = table_get(&snapshot->found, path);
	struct entry found = { 0 };

	if (known)
		return known->kind == ENTRY_DIRECTORY && strcmp(known->path, path) == 0;
	if (snapshot_lookup(snapshot, &found, path) < 0)
		return -1;
	if (found.kind == ENTRY_DIRECTORY)
		keep(snapshot, path, &found);
	return found.kind == ENTRY_DIRECTORY;
}

static int find(struct snapshot *snapshot, struct entry *found, const char *path)
{
	struct walk walk = { .done = ".", .rest = path };
	int more = 0;

	/* One question is enough for what stands there itself, which is the common case. */
	if (snapshot_lookup(snapshot, found, path) < 0)
		return -1;
	if (found->kind == ENTRY_FILE || found->kind == ENTRY_DIRECTORY)
		return 0;
	/* Most files that are asked for are simply not in their directory. */
	if (found->kind == ENTRY_ABSENT)
		more = is_directory(snapshot, path_directory(snapshot->arena, path));
	if (more)
		return more < 0 ? -1 : 0;
	do
		more = step(snapshot, found, &walk);
	while (more > 0);
	return more;
}

int snapshot_find(struct snapshot *snapshot, struct entry *found, const char *path)
{
	const struct entry *known = table_get(&snapshot->found, path);

	if (known) {
		*found = *known;
		return 0;
	}
	if (find(snapshot, found, path) < 0)
		return -1;
	keep(snapshot, path, found);
	return 0;
}

struct blob *snapshot_blob(const struct snapshot *snapshot, const struct entry *entry)
{
	return snapshot->blobs && entry->id[0] ? blobs_get(snapshot->blobs, entry->id) : NULL;
}

/* Read a file that may be known from another snapshot by the id of its blob. */
static int read_once(struct snapshot *snapshot, struct text **text, const struct entry *entry)
{
	struct blob *blob = snapshot_blob(snapshot, entry);
	struct blobs *blobs = snapshot->blobs;

	if (!blob) {
		*text = arena_new(snapshot->arena, struct text);
		return snapshot->read(snapshot, snapshot->arena, *text, entry);
	}
	*text = &blob->text;
	if (blob->is_read)
		return 0;
	if (snapshot->read(snapshot, &blobs->arena, &blob->text, entry) < 0)
		return -1;
	blob->is_read = true;
	blobs->size += blob->text.bytes ? blob->text.length : 0;
	return 0;
}

int snapshot_read(struct snapshot *snapshot, struct text *text, const struct entry *entry)
{
	struct text *known = table_get(&snapshot->texts, entry->path);

	if (!known) {
		if (read_once(snapshot, &known, entry) < 0)
			return -1;
		table_put(&snapshot->texts, snapshot->arena, entry->path, known);
	}
	*text = *known;
	return 0;
}
