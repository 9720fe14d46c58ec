#include "tests/support/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "base/sha256.h"
#include "model/ahead.h"

struct memory_entry {
	enum entry_kind kind;
	struct text text;
	char id[65]; /* "" but of a file */
};

static void set(struct entry *found, const struct memory_entry *entry)
{
	found->kind = entry->kind;
	memcpy(found->id, entry->id, sizeof(found->id));
}

/* As Git's, it says what the bytes are. */
static void set_id(struct memory_entry *entry)
{
	struct sha256 hash;

	sha256_init(&hash);
	sha256_add(&hash, entry->text.bytes, entry->text.length);
	sha256_hex(&hash, entry->id);
}

static int lookup(struct snapshot *snapshot, struct entry *found, const char *path)
{
	const struct memory_entry *entry = map_get(snapshot->source, path);

	*found = (struct entry){ .path = arena_string(snapshot->arena, path) };
	if (strcmp(path, ".") == 0)
		found->kind = ENTRY_DIRECTORY;
	else if (entry)
		set(found, entry);
	return 0;
}

static int read_bytes(struct snapshot *snapshot, struct arena *arena, struct text *text,
		      const struct entry *entry)
{
	const struct memory_entry *known = map_get(snapshot->source, entry->path);

	(void)arena; /* it is in memory already */
	*text = known->text;
	if (text->length > MAX_FILE_SIZE)
		text->bytes = NULL;
	return 0;
}

/* A source of blobs; nothing changes while threads read. */
struct memory_blobs {
	struct blob_source source; /* first, as it is handed back */
	struct snapshot *snapshot;
};

static bool read_blob(struct blob_source *source, struct arena *arena, struct text *text,
		      const char *id)
{
	struct snapshot *snapshot = ((struct memory_blobs *)source)->snapshot;

	vec_each (const struct entry *, entry, &snapshot->watched)
		if (strcmp(entry->id, id) == 0)
			return read_bytes(snapshot, arena, text, entry) == 0;
	return false;
}

static void release_blobs(struct blob_source *source)
{
	(void)source;
}

static struct blob_source *open_blobs(struct snapshot *snapshot, bool is_apart)
{
	struct memory_blobs *blobs = arena_new(snapshot->arena, struct memory_blobs);

	(void)is_apart;
	blobs->source = (struct blob_source){ read_blob, release_blobs };
	blobs->snapshot = snapshot;
	return &blobs->source;
}

struct snapshot *memory_snapshot(struct arena *arena)
{
	struct snapshot *snapshot = arena_new(arena, struct snapshot);

	snapshot->arena = arena;
	snapshot->lookup = lookup;
	snapshot->read = read_bytes;
	snapshot->open_blobs = open_blobs;
	snapshot->source = arena_new(arena, struct map);
	return snapshot;
}

static int by_path(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	return strcmp(a->path, b->path);
}

static void add(struct snapshot *snapshot, const char *path, enum entry_kind kind, struct text text,
		bool watched)
{
	struct memory_entry *entry = arena_new(snapshot->arena, struct memory_entry);
	struct entry found = { 0 };

	*entry = (struct memory_entry){ .kind = kind, .text = text };
	if (kind == ENTRY_FILE)
		set_id(entry);
	map_put(snapshot->source, snapshot->arena, path, entry);
	for (const char *up = path_directory(snapshot->arena, path); strcmp(up, ".") != 0;
	     up = path_directory(snapshot->arena, up)) {
		struct memory_entry *directory = arena_new(snapshot->arena, struct memory_entry);

		directory->kind = ENTRY_DIRECTORY;
		map_put(snapshot->source, snapshot->arena, up, directory);
	}
	if (!watched)
		return;
	found.path = arena_string(snapshot->arena, path);
	set(&found, entry);
	*vec_add(snapshot->arena, &snapshot->watched) = found;
	vec_sort(&snapshot->watched, by_path);
}

void memory_file(struct snapshot *snapshot, const char *path, const char *bytes, size_t length,
		 bool watched)
{
	struct text text = { arena_copy(snapshot->arena, bytes, length), length };

	add(snapshot, path, ENTRY_FILE, text, watched);
}

void memory_link(struct snapshot *snapshot, const char *path, const char *target, bool watched)
{
	struct text text = { arena_string(snapshot->arena, target), strlen(target) };

	add(snapshot, path, ENTRY_LINK, text, watched);
}

void memory_submodule(struct snapshot *snapshot, const char *path)
{
	add(snapshot, path, ENTRY_SUBMODULE, (struct text){ 0 }, false);
}
