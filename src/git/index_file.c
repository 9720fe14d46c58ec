#include "git/index_file.h"

#include <stdint.h>
#include <string.h>

#include "base/fail.h"

#define HEADER_SIZE 12 /* "DIRC", version, count */
#define VERSION_AT 4
#define COUNT_AT 8
#define HASH_SIZE 20  /* of an id, and of the checksum at the end */
#define ENTRY_SIZE 62 /* bytes of an entry before its name, without extended flags */
#define MODE_AT 24
#define ID_AT 40
#define FLAGS_AT 60
#define LONG_NAME 0xfffu /* the length did not fit into the flags */
#define FLAG_EXTENDED 0x4000u
#define FLAG_INTENDED 0x2000u /* of the extended ones */
#define BLOCK_ENTRIES 16      /* entries that a look-up reads at most */

/* Where the reading of entries has come to. */
struct cursor {
	const struct index_file *file;
	size_t at, end;    /* the next entry's offset; no entry begins or reaches behind end */
	struct text path;  /* of the last entry; in name where the version compresses paths */
	unsigned stage;    /* of the last entry */
	const char *first; /* the path that comes next, where it is known already */
	bool is_left_out;  /* the last entry was only announced */
	char name[MAX_INDEX_PATH + 1];
};

static unsigned number16(const char *at)
{
	return (unsigned)(unsigned char)at[0] << 8 | (unsigned char)at[1];
}

static uint32_t number32(const char *at)
{
	return (uint32_t)number16(at) << 16 | number16(at + 2);
}

static int cut(void)
{
	return fail("the index is cut");
}

static int malformed(const char *why)
{
	return fail("the index is malformed: %s", why);
}

/* Is path, at that stage, behind the last one? Both may lack what they have in common. */
static bool is_ordered(const struct cursor *cursor, struct text before, struct text path,
		       unsigned stage)
{
	size_t common = before.length < path.length ? before.length : path.length;
	int order = memcmp(before.bytes, path.bytes, common);

	if (order || before.length != path.length)
		return order < 0 || (order == 0 && before.length < path.length);
	return stage > cursor->stage;
}

/* The name at *at, which moves behind it and what fills it up to a multiple of eight. */
static int next_name(struct cursor *cursor, size_t *at, unsigned flags)
{
	const char *bytes = cursor->file->bytes.bytes;
	size_t length = flags & LONG_NAME;
	struct text path = { bytes + *at, length };
	const char *end = NULL;

	if (length == LONG_NAME) {
		end = memchr(path.bytes, '\0', cursor->end - *at);
		length = end ? (size_t)(end - path.bytes) : cursor->end;
		path.length = length;
	}
	if (length >= cursor->end - *at || path.bytes[length])
		return cut();
	if (cursor->path.bytes && !is_ordered(cursor, cursor->path, path, flags >> 12 & 3))
		return malformed("its entries are out of order");
	cursor->path = path;
	*at += length;
	*at = cursor->at + ((*at - cursor->at + 8) & ~(size_t)7);
	return *at > cursor->end ? cut() : 0;
}

/* How many bytes at its end the last path does not share with this one (git varint.c). */
static int next_strip(struct cursor *cursor, size_t *at, size_t *strip)
{
	const char *bytes = cursor->file->bytes.bytes;
	unsigned char byte = 0;

	*strip = 0;
	do {
		if (*at >= cursor->end)
			return cut();
		if (*strip > MAX_INDEX_PATH)
			return malformed("a path is longer than another one");
		byte = (unsigned char)bytes[(*at)++];
		*strip = (*strip << 7) + (byte & 127u);
		*strip += byte & 128 ? 1 : 0;
	} while (byte & 128);
	return 0;
}

/* The same where the version compresses paths. 1 where one is too long for us. */
static int next_compressed(struct cursor *cursor, size_t *at, unsigned flags)
{
	const char *bytes = cursor->file->bytes.bytes;
	size_t strip = 0, kept = 0;
	struct text rest = { 0 };
	const char *end = NULL;

	if (next_strip(cursor, at, &strip) < 0)
		return -1;
	rest.bytes = bytes + *at;
	end = memchr(rest.bytes, '\0', cursor->end - *at);
	if (!end)
		return cut();
	rest.length = (size_t)(end - rest.bytes);
	*at += rest.length + 1;
	if (cursor->first) {
		memcpy(cursor->name, cursor->first, cursor->path.length);
		cursor->path.bytes = cursor->name;
		return 0;
	}
	if (strip > cursor->path.length)
		return malformed("a path is longer than another one");
	kept = cursor->path.length - strip;
	if (kept + rest.length > MAX_INDEX_PATH)
		return 1;
	if (cursor->path.bytes &&
	    !is_ordered(cursor, (struct text){ cursor->name + kept, strip }, rest, flags >> 12 & 3))
		return malformed("its entries are out of order");
	memcpy(cursor->name + kept, rest.bytes, rest.length + 1);
	cursor->path = (struct text){ cursor->name, kept + rest.length };
	return 0;
}

/* Read the next entry. 0; 1 where only Git can; or -1. */
static int next(struct cursor *cursor, struct index_entry *entry)
{
	const char *bytes = cursor->file->bytes.bytes + cursor->at;
	size_t at = cursor->at + ENTRY_SIZE;
	unsigned flags = 0;
	int failed = 0;

	if (cursor->end - cursor->at < ENTRY_SIZE + 2)
		return cut();
	flags = number16(bytes + FLAGS_AT);
	/* Git writes it in a split index, for what takes the place of a shared entry. */
	if ((flags & LONG_NAME) == 0)
		return 1;
	cursor->is_left_out = false;
	if (flags & FLAG_EXTENDED) {
		if (cursor->file->version < 3)
			return malformed("extended flags in version 2");
		cursor->is_left_out = number16(bytes + ENTRY_SIZE) & FLAG_INTENDED;
		at += 2;
	}
	failed = cursor->file->version == 4 ? next_compressed(cursor, &at, flags)
					    : next_name(cursor, &at, flags);
	if (failed)
		return failed;
	cursor->stage = flags >> 12 & 3;
	cursor->first = NULL;
	cursor->at = at;
	entry->path = cursor->path.bytes;
	entry->length = cursor->path.length;
	entry->mode = number32(bytes + MODE_AT);
	entry->stage = cursor->stage;
	entry->id = (const unsigned char *)bytes + ID_AT;
	return 0;
}

static const char *name_of(const struct index_entry *entry)
{
	const char *slash = memrchr(entry->path, '/', entry->length);

	return slash ? slash + 1 : entry->path;
}

/* A watched name holds no NUL; so the path of one must be seen whole. */
static int add_watched(struct index_file *file, struct arena *arena,
		       const struct index_entry *entry)
{
	struct index_entry copy = *entry;

	if (memchr(entry->path, '\0', entry->length))
		return malformed("a path with a NUL in it");
	if (file->version == 4)
		copy.path = arena_copy(arena, entry->path, entry->length);
	*vec_add(arena, &file->watched) = copy;
	return 0;
}

static void open_block(struct index_file *file, struct arena *arena,
		       const struct index_entry *entry, size_t start)
{
	const char *path =
		file->version == 4 ? arena_copy(arena, entry->path, entry->length) : entry->path;

	*vec_add(arena, &file->blocks) = (struct index_block){
		.start = start, .number = entry->number, .path = path, .length = entry->length
	};
}

static int read_entries(struct index_file *file, struct arena *arena, struct cursor *cursor,
			watcher *watches)
{
	struct index_entry entry = { 0 };
	size_t in_block = BLOCK_ENTRIES;
	size_t count = number32(file->bytes.bytes + COUNT_AT);

	for (size_t i = 0; i < count; i++, in_block++) {
		size_t start = cursor->at;
		int failed = next(cursor, &entry);

		if (failed)
			return failed;
		if (cursor->is_left_out)
			continue;
		if (in_block >= BLOCK_ENTRIES) {
			open_block(file, arena, &entry, start);
			in_block = 0;
		}
		file->blocks.items[file->blocks.count - 1].end = cursor->at;
		file->is_unmerged |= entry.stage > 0;
		if (watches(name_of(&entry)) && add_watched(file, arena, &entry) < 0)
			return -1;
		file->count = ++entry.number;
	}
	return 0;
}

/* What follows the entries: name, size, bytes. Whose name begins with no capital must be known. */
static int read_extensions(struct index_file *file, size_t at, size_t end)
{
	bool is_known = true;

	while (end - at >= 8) {
		const char *bytes = file->bytes.bytes + at;
		size_t size = number32(bytes + 4);

		at += 8;
		if (size > end - at)
			return cut();
		if (memcmp(bytes, "TREE", 4) == 0)
			file->cache_tree = (struct text){ bytes + 8, size };
		is_known = is_known && bytes[0] >= 'A' && bytes[0] <= 'Z';
		at += size;
	}
	if (at != end)
		return cut();
	return is_known ? 0 : 1;
}

int index_file_read(struct index_file *file, struct arena *arena, struct text bytes,
		    watcher *watches)
{
	struct cursor cursor;
	int failed = 0;

	*file = (struct index_file){ .bytes = bytes };
	if (bytes.length < HEADER_SIZE + HASH_SIZE)
		return cut();
	if (memcmp(bytes.bytes, "DIRC", 4) != 0)
		return malformed("it does not begin as one");
	file->version = number32(bytes.bytes + VERSION_AT);
	if (file->version < 2 || file->version > 4)
		return 1;
	cursor.file = file;
	cursor.at = HEADER_SIZE;
	cursor.end = bytes.length - HASH_SIZE;
	cursor.path = (struct text){ 0 };
	cursor.first = NULL;
	failed = read_entries(file, arena, &cursor, watches);
	return failed ? failed : read_extensions(file, cursor.at, cursor.end);
}

/* The analyzer of gcc 12 forgets that an entry that was read has a path. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wanalyzer-null-argument"
#endif
static int compare(const char *path, size_t length, const char *other, size_t other_length)
{
	int order = memcmp(path, other, length < other_length ? length : other_length);

	return order ? order : (length > other_length) - (length < other_length);
}

/* How many blocks begin before the path. */
static size_t blocks_before(const struct index_blocks *blocks, const char *path, size_t length)
{
	size_t low = 0, high = blocks->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct index_block *block = &blocks->items[middle];

		if (compare(block->path, block->length, path, length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The first entry of a block that is not before the path. */
static bool find_in_block(const struct index_file *file, const struct index_block *block,
			  struct cursor *cursor, struct index_entry *entry, const char *path)
{
	size_t length = strlen(path);

	cursor->file = file;
	cursor->at = block->start;
	cursor->end = block->end;
	cursor->path = (struct text){ NULL, block->length };
	cursor->first = block->path;
	entry->number = block->number;
	while (cursor->at < cursor->end && next(cursor, entry) == 0) {
		if (cursor->is_left_out)
			continue;
		if (compare(entry->path, entry->length, path, length) >= 0)
			return true;
		entry->number++;
	}
	return false;
}

bool index_file_find(const struct index_file *file, struct arena *arena, struct index_entry *entry,
		     const char *path)
{
	const struct index_blocks *blocks = &file->blocks;
	size_t at = blocks_before(blocks, path, strlen(path));
	struct cursor cursor;
	bool found = false;

	*entry = (struct index_entry){ 0 };
	if (at > 0)
		found = find_in_block(file, &blocks->items[at - 1], &cursor, entry, path);
	if (!found && at < blocks->count)
		found = find_in_block(file, &blocks->items[at], &cursor, entry, path);
	if (found)
		entry->path = arena_copy(arena, entry->path, entry->length);
	return found;
}
