#include "git/loose.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "base/limits.h"

_Static_assert(MAX_OBJECT_SIZE >> 20 == 64, "OBJECT_TOO_LARGE says so");

void loose_init(struct loose *loose)
{
	*loose = (struct loose){ 0 };
	inflate_init(&loose->stream);
}

void loose_release(struct loose *loose)
{
	inflateEnd(&loose->stream);
}

/* Inflate into room bytes. Z_STREAM_END; Z_OK where there is more; or another code of zlib's. */
static int inflate_into(struct loose *loose, char *bytes, size_t room)
{
	z_stream *stream = &loose->stream;
	int code = Z_OK;

	stream->next_out = (unsigned char *)bytes;
	stream->avail_out = (unsigned)room;
	code = inflate(stream, Z_SYNC_FLUSH);
	return code == Z_BUF_ERROR && stream->avail_out == 0 ? Z_OK : code;
}

/* Why there is less than there should be. */
static const char *wrong(const struct loose *loose, int code)
{
	return code == Z_OK || code == Z_BUF_ERROR
		       ? loose->file.length == 0 ? "is empty" : "is cut off"
		       : "is damaged";
}

/* libgit2's own function is content with what begins with a type's name. */
static bool parse_type(git_object_t *type, const char *name)
{
	for (*type = GIT_OBJECT_COMMIT; *type <= GIT_OBJECT_TAG; ++*type)
		if (strcmp(git_object_type2string(*type), name) == 0)
			return true;
	return false;
}

/* "TYPE SIZE", the size in decimal digits that do not begin with 0. */
static bool parse(struct loose *loose)
{
	char *digits = strchr(loose->head, ' ');
	size_t count = 0;

	if (!digits)
		return false;
	*digits++ = '\0';
	count = strspn(digits, "0123456789");
	if (!parse_type(&loose->type, loose->head) || count == 0 || count > MAX_LOOSE_DIGITS ||
	    digits[count] || (*digits == '0' && count > 1))
		return false;
	loose->size = 0;
	for (; *digits; digits++)
		loose->size = loose->size * 10 + (size_t)(*digits - '0');
	return true;
}

const char *loose_header(struct loose *loose, struct text file)
{
	z_stream *stream = &loose->stream;
	const char *end = NULL;
	int code = Z_OK;

	loose->file = file;
	(void)inflateReset(stream);
	stream->next_in = (const unsigned char *)file.bytes;
	stream->avail_in = file.length > UINT_MAX ? UINT_MAX : (unsigned)file.length;
	code = inflate_into(loose, loose->head, sizeof(loose->head));
	loose->head_length = sizeof(loose->head) - stream->avail_out;
	end = memchr(loose->head, '\0', loose->head_length);
	if (!end && code != Z_STREAM_END && stream->avail_out > 0)
		return wrong(loose, code);
	if (!end || !parse(loose))
		return "is no object: its header is wrong";
	loose->head_end = (size_t)(end + 1 - loose->head);
	return NULL;
}

const char *loose_content(struct loose *loose, char *content)
{
	z_stream *stream = &loose->stream;
	size_t begun = loose->head_length - loose->head_end;
	int code = Z_OK;

	if (loose->size > MAX_OBJECT_SIZE)
		return OBJECT_TOO_LARGE;
	if (begun > loose->size)
		return "is longer than its header says";
	memcpy(content, loose->head + loose->head_end, begun);
	code = inflate_into(loose, content + begun, loose->size - begun + 1);
	if (stream->avail_out == 0)
		return "is longer than its header says";
	if (code != Z_STREAM_END)
		return wrong(loose, code);
	if (stream->avail_out > 1)
		return "is shorter than its header says";
	if (stream->total_in != loose->file.length)
		return "goes on behind its end";
	content[loose->size] = '\0';
	return NULL;
}
