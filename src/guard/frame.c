#include "guard/frame.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#define MARK "frame\0\1" /* and a NUL: the last number is that of the version */
#define MAX_STATUS 3

enum kind {
	KIND_OUTPUT = 1,
	KIND_ERROR = 2,
	KIND_FILE = 3,
	KIND_END = 4,
};

struct head {
	uint32_t kind;
	uint32_t
		number; /* of KIND_FILE how long the path is that follows; of KIND_END the status */
	uint64_t length; /* of the bytes that follow; of KIND_END how many records there were */
};

static int write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t count = write(fd, bytes, length);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		bytes += count;
		length -= (size_t)count;
	}
	return 0;
}

static int add(struct frame_writer *writer, const void *bytes, size_t length)
{
	sha256_add(&writer->hash, bytes, length);
	return write_all(writer->fd, bytes, length);
}

int frame_begin(struct frame_writer *writer, int fd)
{
	*writer = (struct frame_writer){ .fd = fd };
	sha256_init(&writer->hash);
	return add(writer, MARK, sizeof(MARK));
}

int frame_put(struct frame_writer *writer, const struct outlet_part *part)
{
	size_t named = part->file ? strlen(part->file) : 0;
	struct head head = { .kind = part->file                  ? KIND_FILE
				     : part->fd == STDOUT_FILENO ? KIND_OUTPUT
								 : KIND_ERROR,
			     .number = (uint32_t)named,
			     .length = part->length };

	writer->records++;
	return add(writer, &head, sizeof(head)) < 0 || add(writer, part->file, named) < 0 ||
			       add(writer, part->bytes, part->length) < 0
		       ? -1
		       : 0;
}

int frame_end(struct frame_writer *writer, int status)
{
	struct head head = { KIND_END, (uint32_t)status, writer->records };
	char digest[FRAME_DIGEST + 1];

	if (add(writer, &head, sizeof(head)) < 0)
		return -1;
	sha256_hex(&writer->hash, digest);
	return write_all(writer->fd, digest, FRAME_DIGEST);
}

/* What is still to be read. */
struct rest {
	const char *at;
	size_t length;
};

/* The next bytes; NULL where there are less. */
static const char *take(struct rest *rest, uint64_t length)
{
	const char *at = rest->at;

	if (length > rest->length)
		return NULL;
	rest->at += length;
	rest->length -= (size_t)length;
	return at;
}

/* A record, into part; false where it is none. */
static bool read_part(struct outlet_part *part, struct rest *rest, struct arena *arena,
		      const struct head *head)
{
	const char *path = head->kind == KIND_FILE ? take(rest, head->number) : "";

	*part = (struct outlet_part){ .fd = head->kind == KIND_FILE     ? -1
					    : head->kind == KIND_OUTPUT ? STDOUT_FILENO
									: STDERR_FILENO };
	if (!path || head->kind < KIND_OUTPUT || head->kind > KIND_FILE ||
	    (head->kind != KIND_FILE && head->number != 0))
		return false;
	if (memchr(path, '\0', head->number))
		return false;
	if (head->kind == KIND_FILE)
		part->file = arena_copy(arena, path, head->number);
	part->bytes = take(rest, head->length);
	part->length = (size_t)head->length;
	return part->bytes;
}

/* The records, up to the head that ends them. */
static const char *read_parts(struct frame *frame, struct rest *rest, struct arena *arena,
			      struct head *end)
{
	for (;;) {
		const char *bytes = take(rest, sizeof(*end));

		if (!bytes)
			return "is cut off";
		memcpy(end, bytes, sizeof(*end));
		if (end->kind == KIND_END)
			return NULL;
		if (!read_part(vec_add(arena, &frame->parts), rest, arena, end))
			return "is cut off or damaged";
	}
}

static bool has_digest(const struct rest *rest, const char *bytes)
{
	struct sha256 hash;
	char digest[FRAME_DIGEST + 1];

	sha256_init(&hash);
	sha256_add(&hash, bytes, (size_t)(rest->at - bytes));
	sha256_hex(&hash, digest);
	return memcmp(digest, rest->at, FRAME_DIGEST) == 0;
}

const char *frame_read(struct frame *frame, struct arena *arena, const char *bytes, size_t length)
{
	struct frame found = { .status = -1 };
	struct rest rest = { bytes, length };
	struct head end = { 0 };
	const char *mark = take(&rest, sizeof(MARK)), *wrong = NULL;

	*frame = found;
	if (!mark)
		return length ? "is cut off" : "is missing";
	if (memcmp(mark, MARK, sizeof(MARK)) != 0)
		return "is damaged";
	wrong = read_parts(&found, &rest, arena, &end);
	if (wrong)
		return wrong;
	if (rest.length != FRAME_DIGEST)
		return rest.length < FRAME_DIGEST ? "is cut off" : "goes on behind its end";
	if (!has_digest(&rest, bytes) || end.length != found.parts.count || end.number > MAX_STATUS)
		return "is damaged";
	found.status = (int)end.number;
	*frame = found;
	return NULL;
}
