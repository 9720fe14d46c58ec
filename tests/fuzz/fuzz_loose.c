#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "git/loose.h"

#define MAX_CONTENT 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What zlib itself makes of the file has to be header and content, and nothing else. */
static void compare(struct text text, const struct loose *loose, const char *content)
{
	unsigned char whole[MAX_LOOSE_HEADER + MAX_CONTENT];
	size_t length = sizeof(whole), used = text.length;
	struct buf expected = { 0 };

	buf_addf(&expected, "%s %zu", git_object_type2string(loose->type), loose->size);
	buf_addc(&expected, '\0');
	buf_addn(&expected, content, loose->size);
	if (uncompress2(whole, &length, (const unsigned char *)text.bytes, &used) != Z_OK ||
	    used != text.length || length != expected.length ||
	    memcmp(whole, expected.text, length) != 0)
		__builtin_trap();
	buf_release(&expected);
}

static void try(struct text text)
{
	struct loose loose;
	struct arena arena = { 0 };

	loose_init(&loose);
	if (!loose_header(&loose, text) && loose.size <= MAX_CONTENT) {
		char *content = arena_bytes(&arena, loose.size + 1);

		if (!loose_content(&loose, content))
			compare(text, &loose, content);
	}
	loose_release(&loose);
	arena_release(&arena);
}

/* A file as it is; or, since a fuzzer makes no checksums, what is in it, then less or more of it.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	size_t room = compressBound(size) + 128, length = room;
	char *bytes = NULL;

	if (size < 2)
		return 0;
	bytes = arena_bytes(&arena, room);
	try((struct text){ (const char *)data + 1, size - 1 });
	if (compress2((unsigned char *)bytes, &length, data + 2, size - 2, data[0] % 10) != Z_OK)
		__builtin_trap();
	memset(bytes + length, 0, room - length);
	length += data[1] < 128 ? data[1] : 0;
	length -= data[1] < 128 ? 0 : length < (size_t)data[1] - 128 ? length : data[1] - 128u;
	try((struct text){ arena_copy(&arena, bytes, length), length });
	arena_release(&arena);
	return 0;
}
