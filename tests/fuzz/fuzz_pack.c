#include <arpa/inet.h>
#include <git2.h>
#include <git2/odb_backend.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "git/pack.h"

#define MAX_RECORDS 200
#define RECORD_SIZE 4 /* type and how many before is the base; size is wrong by; two of length */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char directory[] = "/dev/shm/fuzz_pack.XXXXXX" /* quicker than a disk */;
static char path[64];
static struct pack_reader reader;

static void add_number(struct buf *buf, size_t number)
{
	uint32_t bytes = htonl((uint32_t)number);

	buf_addn(buf, (const char *)&bytes, sizeof(bytes));
}

/* No id is 0. */
static git_oid id_of(size_t record)
{
	return (git_oid){ .id = { (unsigned char)(record + 1) } };
}

static void add_object_header(struct buf *pack, unsigned type, size_t size)
{
	unsigned byte = (type & 7) << 4 | (size & 15);

	for (size >>= 4; size; size >>= 7) {
		buf_addc(pack, (char)(byte | 0x80));
		byte = size & 0x7f;
	}
	buf_addc(pack, (char)byte);
}

/* A base that starts less than 16,000 bytes before. */
static void add_distance(struct buf *pack, size_t distance)
{
	if (distance > 0x7f)
		buf_addc(pack, (char)(((distance >> 7) - 1) | 0x80));
	buf_addc(pack, (char)(distance & 0x7f));
}

static void add_compressed(struct buf *pack, const uint8_t *content, size_t length)
{
	struct arena arena = { 0 };
	size_t room = compressBound(length);
	char *bytes = arena_bytes(&arena, room);

	if (compress2((unsigned char *)bytes, &room, content, length, 1) != Z_OK)
		__builtin_trap();
	buf_addn(pack, bytes, room);
	arena_release(&arena);
}

/* The next record as an object or a delta; how many bytes it has. */
static size_t add_record(struct buf *pack, size_t *offsets, size_t count, struct text left)
{
	const uint8_t *head = (const uint8_t *)left.bytes;
	size_t length = (size_t)head[2] << 8 | head[3];
	size_t base = count > head[0] >> 3 ? count - 1 - (head[0] >> 3) : 0;
	git_oid id = id_of(base);

	if (length > left.length - RECORD_SIZE)
		length = left.length - RECORD_SIZE;
	offsets[count] = pack->length;
	add_object_header(pack, head[0] & 7, length + head[1]);
	if ((head[0] & 7) == 6)
		add_distance(pack, pack->length - offsets[base]);
	if ((head[0] & 7) == 7)
		buf_addn(pack, (const char *)id.id, GIT_OID_RAWSZ);
	add_compressed(pack, head + RECORD_SIZE, length);
	return RECORD_SIZE + length;
}

/* A fuzzer makes neither checksums nor indexes: they are made of its records. */
static size_t make(struct buf *pack, struct buf *index, struct text left)
{
	size_t offsets[MAX_RECORDS], count = 0;

	buf_addn(pack, "PACK\0\0\0\2\0\0\0", 12);
	while (count < MAX_RECORDS && left.length >= RECORD_SIZE) {
		size_t length = add_record(pack, offsets, count++, left);

		left = (struct text){ left.bytes + length, left.length - length };
	}
	pack->text[11] = (char)count;
	buf_addn(index, "\377tOc\0\0\0\2", 8);
	for (size_t i = 0; i < 256; i++)
		add_number(index, i < count ? i : count);
	for (size_t i = 0; i < count; i++)
		buf_addn(index, (const char *)id_of(i).id, GIT_OID_RAWSZ);
	buf_repeat(index, '\0', 4 * count);
	for (size_t i = 0; i < count; i++)
		add_number(index, offsets[i]);
	buf_repeat(pack, '\0', GIT_OID_RAWSZ);
	buf_repeat(index, '\0', 2 * GIT_OID_RAWSZ);
	return count;
}

static void write_file(const char *name, const struct buf *content)
{
	FILE *file = NULL;

	snprintf(path, sizeof(path), "%s/pack/%s", directory, name);
	file = fopen(path, "we");
	if (!file || fwrite(content->text, 1, content->length, file) != content->length ||
	    fclose(file) != 0)
		__builtin_trap();
}

static git_odb *open_files(const struct buf *pack, const struct buf *index)
{
	git_odb_backend *backend = NULL;
	git_odb *odb = NULL;

	write_file("p.pack", pack);
	write_file("p.idx", index);
	if (git_odb_new(&odb) < 0 || git_odb_backend_pack(&backend, directory) < 0 ||
	    git_odb_add_backend(odb, backend, 1) < 0)
		__builtin_trap();
	return odb;
}

static void compare(git_odb *odb, const git_oid *id, const struct pack_object *object)
{
	struct text content = object->content;
	git_odb_object *other = NULL;

	if (git_odb_read(&other, odb, id) < 0 || git_odb_object_type(other) != object->type ||
	    git_odb_object_size(other) != content.length ||
	    memcmp(git_odb_object_data(other), content.bytes, content.length) != 0)
		__builtin_trap();
	git_odb_object_free(other);
}

/* A file of those bytes, which are only mapped, or also read. */
static struct window_file file_of(struct text bytes, bool is_read)
{
	struct window_file file = { .bytes = bytes };

	if (is_read) {
		file.file = memfd_create("fuzz_pack", 0);
		if (write(file.file, bytes.bytes, bytes.length) != (ssize_t)bytes.length)
			__builtin_trap();
	}
	return file;
}

static struct pack pack_of(struct text index, struct text file, bool is_read)
{
	return (struct pack){ file_of(index, is_read), file_of(file, is_read) };
}

static void close_files(const struct pack *pack)
{
	if (pack->index.file) {
		close(pack->index.file);
		close(pack->file.file);
	}
}

/* What we read, also the second time, libgit2 has to read in the same way; it takes files. */
static void read_made(struct text text, bool is_read)
{
	struct buf file = { 0 }, index = { 0 };
	size_t count = make(&file, &index, text);
	struct pack pack = pack_of((struct text){ index.text, index.length },
				   (struct text){ file.text, file.length }, is_read);
	git_odb *odb = NULL;

	if (!pack_is_known(&pack))
		__builtin_trap();
	for (size_t i = 0; i < 2 * count; i++) {
		git_oid id = id_of(i % count);
		const struct pack_object *object = pack_read(&reader, &pack, &id);

		if (object && !odb)
			odb = open_files(&file, &index);
		if (object)
			compare(odb, &id, object);
	}
	git_odb_free(odb);
	close_files(&pack);
	buf_release(&file);
	buf_release(&index);
}

/* Two files as they are: the length of the first, then both. */
static void read_raw(struct text text, bool is_read)
{
	size_t length = (size_t)(uint8_t)text.bytes[0] << 8 | (uint8_t)text.bytes[1];
	struct text index = { text.bytes + 2, text.length - 2 };
	struct pack pack;
	git_oid id;

	if (length > index.length)
		length = index.length;
	index = (struct text){ index.bytes + length, index.length - length };
	pack = pack_of(index, (struct text){ text.bytes + 2, length }, is_read);
	for (size_t i = 1032; pack_is_known(&pack) && i + GIT_OID_RAWSZ < index.length;
	     i += GIT_OID_RAWSZ) {
		memcpy(id.id, index.bytes + i, GIT_OID_RAWSZ);
		(void)pack_read(&reader, &pack, &id);
	}
	close_files(&pack);
}

static void leave(void)
{
	for (const char *const *name =
		     (const char *const[]){ "pack/p.pack", "pack/p.idx", "pack", "", NULL };
	     *name; name++) {
		snprintf(path, sizeof(path), "%s/%s", directory, *name);
		(void)remove(path);
	}
}

static void enter(void)
{
	if (git_libgit2_init() != 1 || !mkdtemp(directory))
		__builtin_trap();
	snprintf(path, sizeof(path), "%s/pack", directory);
	if (mkdir(path, 0777) < 0)
		__builtin_trap();
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	atexit(leave);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text text = { (const char *)data + 1, size - 1 };

	if (size < 3)
		return 0;
	if (path[0] == '\0')
		enter();
	memset(&reader, 0, sizeof(reader));
	if (data[0] & 1)
		read_raw(text, data[0] & 2);
	else
		read_made(text, data[0] & 2);
	pack_reader_release(&reader);
	return 0;
}
