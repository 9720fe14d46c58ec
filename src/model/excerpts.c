#include "model/excerpts.h"

#include <string.h>

struct offsets VEC(size_t);

struct lines {
	struct text text;
	struct offsets starts;
};

static const struct lines *lines_of(struct excerpts *excerpts, const char *path)
{
	struct lines *lines = map_get(&excerpts->by_path, path);
	const char *at = NULL, *end = NULL;

	if (lines)
		return lines;
	lines = arena_new(excerpts->arena, struct lines);
	lines->text = project_text(excerpts->project, path);
	at = lines->text.bytes;
	end = at + lines->text.length;
	for (; at && at < end; at = memchr(at, '\n', (size_t)(end - at)), at += at != NULL)
		*vec_add(excerpts->arena, &lines->starts) = (size_t)(at - lines->text.bytes);
	map_put(&excerpts->by_path, excerpts->arena, path, lines);
	return lines;
}

const char *excerpts_line(struct excerpts *excerpts, const char *path, unsigned line)
{
	const struct lines *lines = lines_of(excerpts, path);
	struct text rest = lines->text, found = { 0 };

	if (line == 0 || line > lines->starts.count)
		return NULL;
	rest.bytes += lines->starts.items[line - 1];
	rest.length -= lines->starts.items[line - 1];
	found = text_line(rest, 1);
	if (found.length == 0 || found.length > MAX_EXCERPT_LENGTH ||
	    memchr(found.bytes, '\0', found.length))
		return NULL;
	return arena_copy(excerpts->arena, found.bytes, found.length);
}
