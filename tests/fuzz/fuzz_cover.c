#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "base/glob_cover.h"
#include "base/map.h"
#include "tests/support/grammar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Paths: the patterns made of them, multiplied out, are the paths, each once. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct map seen = { 0 };
	struct strings paths = { 0 }, patterns = { 0 }, again = { 0 };
	struct text rest = { (const char *)data, size };

	while (rest.length > 0) {
		const char *path = next_part(&arena, &rest);

		if (!glob_can_name(path) || map_get(&seen, path))
			continue;
		map_put(&seen, &arena, path, &seen);
		*vec_add(&arena, &paths) = path;
	}
	glob_cover(&patterns, &arena, &paths);
	vec_each (const char **, pattern, &patterns) {
		require(glob_is_valid(*pattern), "what covers paths is a pattern");
		glob_expand(&again, &arena, *pattern);
	}
	require(again.count == paths.count, "as many as there were");
	vec_sort(&paths, by_bytes);
	vec_sort(&again, by_bytes);
	for (size_t i = 0; i < paths.count; i++)
		require_same(again.items[i], paths.items[i]);
	arena_release(&arena);
	return 0;
}
