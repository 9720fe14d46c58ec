#include "model/excerpts.h"

#include <string.h>

#include "syntax/slice.h"

#define STRIDE 64 /* lines, of which the first is known: a file may have a million */

struct offsets VEC(size_t);

struct lines {
	struct text text;
	struct offsets starts; /* of every STRIDE-th line, from the first on */
};

static const struct lines *lines_of(struct excerpts *excerpts, struct text text)
{
	struct lines *lines = NULL;
	struct text rest = text, line;
	char key[TEXT_KEY];

	text_key(key, text);
	lines = map_get(&excerpts->by_text, key);
	if (lines)
		return lines;
	lines = arena_new(excerpts->arena, struct lines);
	lines->text = text;
	for (size_t number = 0; slice_line(&line, &rest); number++)
		if (number % STRIDE == 0)
			*vec_add(excerpts->arena, &lines->starts) =
				(size_t)(line.bytes - text.bytes);
	map_put(&excerpts->by_text, excerpts->arena, key, lines);
	return lines;
}

const char *excerpts_line(struct excerpts *excerpts, const char *path, unsigned line)
{
	const struct lines *lines = lines_of(excerpts, project_text(excerpts->project, path));
	struct text rest = lines->text, found = { 0 };
	size_t known = line > 0 ? (line - 1) / STRIDE : 0;

	if (line == 0 || known >= lines->starts.count)
		return NULL;
	rest.bytes += lines->starts.items[known];
	rest.length -= lines->starts.items[known];
	for (unsigned at = (unsigned)known * STRIDE + 1; at < line; at++)
		(void)slice_line(&found, &rest);
	found = text_line(rest, 1);
	if (found.length == 0 || found.length > MAX_EXCERPT_LENGTH ||
	    memchr(found.bytes, '\0', found.length))
		return NULL;
	return arena_copy(excerpts->arena, found.bytes, found.length);
}
