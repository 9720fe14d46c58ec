#include <stdint.h>
#include <string.h>

#include "syntax/wildcard.h"
#include "tests/support/grammar.h"

#define MAX_SIZE 20 /* of a pattern that is matched slowly, too */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As Git's wildmatch.c takes a pattern without classes and backslashes. */
static bool matches(const char *start, const char *at, const char *path)
{
	size_t stars = strspn(at, "*");
	const char *rest = at + stars;
	bool deep = stars > 1 && (at == start || at[-1] == '/') && (!*rest || *rest == '/');

	if (!*at)
		return !*path;
	if (stars == 0)
		return *path && (*at == *path || (*at == '?' && *path != '/')) &&
		       matches(start, at + 1, path + 1);
	if (deep && *rest == '/' && matches(start, rest + 1, path))
		return true;
	for (;; path++) {
		if (matches(start, rest, path))
			return true;
		if (!*path || (*path == '/' && !deep))
			return false;
	}
}

static bool found(struct arena *arena, const char *pattern, const char *path)
{
	size_t length = strlen(path);

	return wildcard_matches((struct text){ pattern, strlen(pattern) },
				(struct text){ path, length }, arena_bytes(arena, length + 1));
}

/* A pattern and a path. The path with a backslash before each byte is a pattern that matches it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct text rest = { (const char *)data, size };
	const char *pattern = next_part(&arena, &rest), *path = next_part(&arena, &rest);
	bool is_found = found(&arena, pattern, path);
	char *plain = arena_bytes(&arena, 2 * strlen(path) + 1), *at = plain;

	if (strlen(pattern) <= MAX_SIZE && strlen(path) <= MAX_SIZE && !strpbrk(pattern, "[\\"))
		require(is_found == matches(pattern, pattern, path), "matches as slowly");
	for (const char *byte = path; *byte; byte++) {
		*at++ = '\\';
		*at++ = *byte;
	}
	*at = '\0';
	require(found(&arena, plain, path), "a path matches itself");
	arena_release(&arena);
	return 0;
}
