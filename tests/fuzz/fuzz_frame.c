#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "guard/frame.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read, written again, is what was read. */
static void check(const struct frame *frame, struct arena *arena, const struct buf *bytes)
{
	struct frame_writer writer;
	char *again = arena_bytes(arena, bytes->length);
	int file = memfd_create("frame", MFD_CLOEXEC);

	require(frame_begin(&writer, file) == 0, "a beginning is written");
	vec_each (const struct outlet_part *, part, &frame->parts)
		require(frame_put(&writer, part) == 0, "a part is written");
	require(frame_end(&writer, frame->status) == 0, "an end is written");
	require(pread(file, again, bytes->length, 0) == (ssize_t)bytes->length &&
			memcmp(again, bytes->text, bytes->length) == 0 &&
			lseek(file, 0, SEEK_END) == (off_t)bytes->length,
		"the same frame");
	close(file);
}

/* Bytes as they are, and with the digest that a fuzzer does not find, which then are a frame or
 * not: nothing of one that is not whole is left. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct buf bytes = { 0 };
	struct frame frame;
	struct sha256 hash;
	char digest[FRAME_DIGEST + 1];

	buf_addn(&bytes, (const char *)data, size);
	for (int signed_too = 0; signed_too < 2; signed_too++) {
		if (!frame_read(&frame, &arena, buf_text(&bytes), bytes.length)) {
			require(frame.status >= 0 && frame.status <= 3, "a status");
			check(&frame, &arena, &bytes);
		} else {
			require(frame.status == -1 && frame.parts.count == 0, "nothing");
		}
		sha256_init(&hash);
		sha256_add(&hash, data, size);
		sha256_hex(&hash, digest);
		buf_add(&bytes, digest);
	}
	buf_release(&bytes);
	arena_release(&arena);
	return 0;
}
