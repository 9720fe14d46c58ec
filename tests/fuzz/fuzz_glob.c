#include <stdint.h>
#include <string.h>

#include "base/glob.h"
#include "tests/support/grammar.h"

#define MAX_SIZE 64 /* of a pattern, of a path */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What stars stand for: the rest of the pattern, from each place where they may end. */
static bool from_any(const bool *rest, const char *path, bool whole)
{
	for (size_t i = 0;; i++) {
		if (rest[i] && (i == 0 || !whole || path[i - 1] == '/'))
			return true;
		if (!path[i])
			return false;
	}
}

static bool from_component(const bool *rest, const char *path)
{
	for (size_t i = 0;; i++) {
		if (rest[i])
			return true;
		if (!path[i] || path[i] == '/')
			return false;
	}
}

/* A table of what matches from where, from the ends on: slow, and simple. */
static bool matches(const char *pattern, const char *path, bool crossing)
{
	static bool table[MAX_SIZE + 1][MAX_SIZE + 1];
	size_t length = strlen(pattern), path_length = strlen(path);

	for (size_t i = length + 1; i-- > 0;)
		for (size_t j = path_length + 1; j-- > 0;) {
			const char *at = pattern + i;
			size_t stars = strspn(at, "*");
			bool first = i == 0 || at[-1] == '/';
			bool whole = stars > 1 && first && !crossing && at[stars] == '/';

			if (!*at)
				table[i][j] = !path[j];
			else if (stars > 1 || (stars && crossing))
				table[i][j] =
					from_any(table[i + stars + whole] + j, path + j, whole);
			else if (stars)
				table[i][j] = from_component(table[i + 1] + j, path + j);
			else
				table[i][j] = path[j] && table[i + 1][j + 1] &&
					      (*at == path[j] || (*at == '?' && path[j] != '/'));
		}
	return table[0][0];
}

/* A pattern and a path: what is found is what is found slowly, also with alternatives. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct strings patterns = { 0 };
	struct text rest = { (const char *)data, size };
	const char *pattern = next_part(&arena, &rest), *path = next_part(&arena, &rest);

	if (strlen(path) <= MAX_SIZE && strlen(pattern) <= MAX_SIZE && glob_is_valid(pattern)) {
		glob_expand(&patterns, &arena, pattern);
		require(patterns.count > 0 && patterns.count <= GLOB_ALTERNATIVES, "alternatives");
	}
	vec_each (const char **, one, &patterns)
		for (int crossing = 0; crossing < 2; crossing++)
			require(glob_matches(*one, path, crossing) == matches(*one, path, crossing),
				"a pattern matches as it does slowly");
	arena_release(&arena);
	return 0;
}
