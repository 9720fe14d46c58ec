#include "git/pack.h"

#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "git/mapped.h"

#define ID_SIZE GIT_OID_RAWSZ /* also of sums: a pack ends with one, its index with two */
#define HEADER_SIZE 12        /* "PACK", version, count */
#define MAX_ENTRY_HEADER 64   /* more than its type, its size and a base take */
#define DELTA_BY_OFFSET 6     /* in the place of an object's type */
#define DELTA_BY_ID 7
#define COPIES 0x80u                /* a bit of what a delta does */
#define NO_LENGTH 0x10000           /* bytes that it copies where it says 0 */
#define MAX_CHAIN 4096              /* deltas in a row: what Git takes for the depth of a pack */
#define MAX_OVERHEAD 32             /* bytes that compressing adds to what cannot be compressed */
#define MAX_DELTA_START (64u << 10) /* in which the first bytes of a delta are compressed */

/* How an object is packed. */
struct entry {
	git_object_t type;
	size_t size;      /* of what is compressed */
	size_t at;        /* where that is in the pack */
	const char *base; /* the start of what a delta changes; NULL: it is none */
};

size_t pack_count(const struct pack *pack)
{
	return mapped_number(pack->file.bytes.bytes + 8);
}

/* Where its objects end. */
static size_t end_of(const struct pack *pack)
{
	return pack->file.bytes.length - ID_SIZE;
}

bool pack_is_known(const struct pack *pack)
{
	struct text file = pack->file.bytes, index = pack->index.bytes;

	return pack_index_is_known(index) && file.length >= HEADER_SIZE + ID_SIZE &&
	       memcmp(file.bytes, "PACK\0\0\0\2", 8) == 0 &&
	       pack_count(pack) == pack_index_count(index) &&
	       memcmp(file.bytes + end_of(pack), pack_index_sum(index), ID_SIZE) == 0;
}

static bool is_delta(const struct entry *entry)
{
	return entry->type == DELTA_BY_OFFSET || entry->type == DELTA_BY_ID;
}

/* Where the object of an id starts. NULL: not here. */
static const char *find(struct pack_reader *reader, const struct pack *pack, const char *id)
{
	size_t offset = pack_index_find(&reader->of_index, &pack->index, id);

	return offset < HEADER_SIZE || offset >= end_of(pack) ? NULL
							      : pack->file.bytes.bytes + offset;
}

bool pack_has(struct pack_reader *reader, const struct pack *pack, const git_oid *id)
{
	return find(reader, pack, (const char *)id->id) != NULL;
}

static bool take_byte(struct text *from, unsigned char *byte)
{
	if (from->length == 0)
		return false;
	*byte = (unsigned char)*from->bytes++;
	from->length--;
	return true;
}

/* Add a number's bits, seven a byte, the lowest first. False: it is cut or too large. */
static bool take_number(struct text *from, size_t *value, unsigned shift)
{
	unsigned char byte = 0x80;

	for (; byte & 0x80; shift += 7) {
		if (shift + 7 > 8 * sizeof(*value) || !take_byte(from, &byte))
			return false;
		*value |= (size_t)(byte & 0x7f) << shift;
	}
	return true;
}

/* How far before a delta its base starts, the highest bits first. 0: it is cut or too far. */
static size_t take_distance(struct text *from, size_t limit)
{
	unsigned char byte = 0x80;
	size_t distance = 0;

	while (byte & 0x80) {
		if (distance > limit || !take_byte(from, &byte))
			return 0;
		distance = (distance << 7 | (byte & 0x7f)) + (byte >> 7);
	}
	return distance > limit ? 0 : distance;
}

/* Some bytes of a pack from an offset on; fewer at its end. */
static struct text part_of(struct pack_reader *reader, const struct pack *pack, size_t offset,
			   size_t length)
{
	if (length > end_of(pack) - offset)
		length = end_of(pack) - offset;
	return (struct text){ window_at(&reader->of_file, &pack->file, offset, length), length };
}

static bool parse(struct pack_reader *reader, struct entry *entry, const struct pack *pack,
		  const char *start)
{
	size_t offset = (size_t)(start - pack->file.bytes.bytes), distance = 0;
	struct text from = part_of(reader, pack, offset, MAX_ENTRY_HEADER);
	const char *first = from.bytes;
	unsigned char byte = 0;

	(void)take_byte(&from, &byte);
	*entry = (struct entry){ .type = (git_object_t)(byte >> 4 & 7), .size = byte & 15 };
	if (byte & 0x80 && !take_number(&from, &entry->size, 4))
		return false;
	if (entry->type == DELTA_BY_OFFSET) {
		distance = take_distance(&from, offset - HEADER_SIZE);
		entry->base = distance > 0 ? start - distance : NULL;
	} else if (entry->type == DELTA_BY_ID && from.length >= ID_SIZE) {
		entry->base = find(reader, pack, from.bytes);
		from.bytes += ID_SIZE;
	}
	entry->at = offset + (size_t)(from.bytes - first);
	return entry->base || (entry->type >= GIT_OBJECT_COMMIT && entry->type <= GIT_OBJECT_TAG);
}

/* From where it is compressed on, all that so many bytes become at worst: a thousandth more, and
 * some. Who writes them in small pieces may need more, and is read by libgit2. */
static struct text compressed(struct pack_reader *reader, const struct pack *pack,
			      const struct entry *entry)
{
	return part_of(reader, pack, entry->at, entry->size + entry->size / 1000 + MAX_OVERHEAD);
}

/* What is compressed, until the next time. NULL: it is damaged or too large. */
static const char *inflated(struct pack_reader *reader, const struct pack *pack,
			    const struct entry *entry)
{
	char *bytes = NULL;

	if (entry->size > MAX_PACK_OBJECT)
		return NULL;
	arena_clear(&reader->scratch);
	reader->whole.start = NULL;
	bytes = arena_bytes(&reader->scratch, entry->size + 1);
	bytes[entry->size] = '\0';
	if (!inflater_read(&reader->inflater, bytes, entry->size, compressed(reader, pack, entry)))
		return NULL;
	return bytes;
}

/* What a delta gives next: bytes of its own, or some of its base. None: it is wrong. */
static struct text take_piece(struct text *delta, struct text base)
{
	unsigned char operation = 0, at[7] = { 0 }; /* at: those bytes are there that are not 0 */
	size_t offset = 0, length = 0;
	struct text *from = delta;

	(void)take_byte(delta, &operation);
	length = operation;
	for (size_t i = 0; operation & COPIES && i < sizeof(at); i++)
		if (operation & 1u << i && !take_byte(delta, &at[i]))
			return (struct text){ 0 };
	if (operation & COPIES) {
		from = &base;
		offset = at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16 | (size_t)at[3] << 24;
		length = at[4] | (size_t)at[5] << 8 | (size_t)at[6] << 16;
		length = length ? length : NO_LENGTH;
	}
	if (offset + length > from->length)
		return (struct text){ 0 };
	from->bytes += offset + length;
	from->length -= offset + length;
	return (struct text){ from->bytes - length, length };
}

/* Put in place of a delta what it makes of its base. False: they do not fit each other. */
static bool apply(struct pack_reader *reader, struct text *content, struct text base)
{
	struct text delta = *content;
	size_t base_length = 0, left = 0;
	char *at = NULL;

	if (!take_number(&delta, &base_length, 0) || !take_number(&delta, &left, 0) ||
	    base_length != base.length || left > MAX_PACK_OBJECT)
		return false;
	at = arena_bytes(&reader->scratch, left);
	*content = (struct text){ at, left };
	while (delta.length > 0) {
		struct text piece = take_piece(&delta, base);

		if (piece.length == 0 || piece.length > left)
			return false;
		memcpy(at, piece.bytes, piece.length);
		at += piece.length;
		left -= piece.length;
	}
	return left == 0;
}

/* Commits and files are asked for once, and what is no delta of those is seldom changed by one that
 * is asked for next. */
static bool is_kept(const struct entry *entry)
{
	return entry->base || entry->type == GIT_OBJECT_TREE;
}

static const struct pack_object *read_at(struct pack_reader *reader, const struct pack *pack,
					 const char *start, unsigned depth)
{
	const struct pack_object *known = pack_cache_find(&reader->cache, start), *base = NULL;
	struct pack_object object = { .start = start };
	struct entry entry;

	if (known)
		return known;
	if (depth == 0 && reader->whole.start == start)
		return &reader->whole;
	if (depth > MAX_PACK_DEPTH || !parse(reader, &entry, pack, start) ||
	    (entry.base && !(base = read_at(reader, pack, entry.base, depth + 1))))
		return NULL;
	object.type = base ? base->type : entry.type;
	object.content = (struct text){ inflated(reader, pack, &entry), entry.size };
	if (!object.content.bytes || (base && !apply(reader, &object.content, base->content)))
		return NULL;
	if (depth > 0 || is_kept(&entry))
		return pack_cache_keep(&reader->cache, &object);
	reader->whole = object;
	return &reader->whole;
}

const struct pack_object *pack_read(struct pack_reader *reader, const struct pack *pack,
				    const git_oid *id)
{
	const char *start = find(reader, pack, (const char *)id->id);
	const struct pack_object *object = NULL;

	pack_cache_limit(&reader->cache, reader->passes_once ? PACK_CACHE_LITTLE : PACK_CACHE_SIZE);
	object = start ? read_at(reader, pack, start, 0) : NULL;
	reader->unread = object ? NULL : start;
	return object;
}

/* The size of what a delta makes, which it begins with. 0: it is damaged, or padded as nobody does.
 */
static size_t size_made(struct pack_reader *reader, const struct pack *pack,
			const struct entry *entry)
{
	char bytes[2 * 10]; /* two numbers */
	struct text from = part_of(reader, pack, entry->at, MAX_DELTA_START);
	struct text head = { bytes, 0 };
	size_t base = 0, size = 0;

	head.length = inflater_start(&reader->inflater, bytes, sizeof(bytes), from);
	return take_number(&head, &base, 0) && take_number(&head, &size, 0) ? size : 0;
}

bool pack_says_size(struct pack_reader *reader, const struct pack *pack, const git_oid *id,
		    size_t size)
{
	const char *start = find(reader, pack, (const char *)id->id);
	struct entry entry = { 0 };

	if (!start)
		return false;
	/* Its base may be where only libgit2 finds it. */
	(void)parse(reader, &entry, pack, start);
	return size == (is_delta(&entry) ? size_made(reader, pack, &entry) : entry.size);
}

bool pack_is_too_large(struct pack_reader *reader, const struct pack *pack)
{
	const char *start = reader->unread;
	struct entry entry;

	for (unsigned depth = 0; start && depth < MAX_CHAIN && parse(reader, &entry, pack, start);
	     depth++) {
		if (entry.size > MAX_OBJECT_SIZE ||
		    (entry.base && size_made(reader, pack, &entry) > MAX_OBJECT_SIZE))
			return true;
		start = entry.base;
	}
	return false;
}

void pack_reader_release(struct pack_reader *reader)
{
	inflater_release(&reader->inflater);
	arena_release(&reader->scratch);
	pack_cache_release(&reader->cache);
}
