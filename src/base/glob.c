#include "base/glob.h"

#include <string.h>

static size_t alternatives(const char *brace)
{
	size_t count = 1;

	for (; *brace != '}'; brace++)
		count += *brace == ',';
	return count;
}

bool glob_is_valid(const char *pattern)
{
	size_t count = 1;

	if (!*pattern)
		return false;
	for (const char *at = pattern; *at; at++) {
		if ((*at == '{' || *at == '}') && at[1] == *at) {
			at++;
			continue;
		}
		if (*at == '}')
			return false;
		if (*at != '{')
			continue;
		if (at[1 + strcspn(at + 1, "{}")] != '}')
			return false;
		count *= alternatives(at);
		if (count > GLOB_ALTERNATIVES)
			return false;
		at = strchr(at, '}');
	}
	return true;
}

/* The first brace that begins alternatives; NULL where there is none. */
static const char *opening(const char *pattern)
{
	const char *brace = strchr(pattern, '{');

	while (brace && brace[1] == '{')
		brace = strchr(brace + 2, '{');
	return brace;
}

void glob_expand(struct strings *patterns, struct arena *arena, const char *pattern)
{
	const char *open = opening(pattern);
	const char *close = open ? strchr(open, '}') : NULL;
	const char *at = NULL;

	if (!close) {
		*vec_add(arena, patterns) = arena_string(arena, pattern);
		return;
	}
	for (at = open + 1; at <= close; at++) {
		size_t size = strcspn(at, ",}");

		glob_expand(patterns, arena,
			    arena_printf(arena, "%.*s%.*s%s", (int)(open - pattern), pattern,
					 (int)size, at, close + 1));
		at += size;
	}
}

/*
 * Two stars may be open at once, one that stops at '/' and one that does not: on a mismatch the
 * inner one takes one more byte, and when it may not, the outer one does. So the time is at most
 * pattern times path times path, whatever the pattern.
 */
struct star {
	const char *pattern, *path;
};

static const char *skip_stars(const char *pattern)
{
	while (*pattern == '*')
		pattern++;
	return pattern;
}

static bool retry(struct star *star, bool crossing, const char **pattern, const char **path)
{
	if (!star->pattern || !*star->path || (!crossing && *star->path == '/'))
		return false;
	star->path++;
	*pattern = star->pattern;
	*path = star->path;
	return true;
}

/* Directories and the slash behind them match from here, or behind any later slash. */
static bool retry_directories(struct star *star, const char **pattern, const char **path)
{
	bool whole = star->pattern && star->pattern[-1] == '/';

	if (!star->pattern)
		return false;
	while (*star->path) {
		star->path++;
		if (!whole || star->path[-1] == '/') {
			*pattern = star->pattern;
			*path = star->path;
			return true;
		}
	}
	return false;
}

bool glob_matches(const char *pattern, const char *path, bool crossing)
{
	const char *start = pattern;
	struct star one = { 0 }, all = { 0 };

	for (;;) {
		if (pattern[0] == '*' && (pattern[1] == '*' || crossing)) {
			bool whole = !crossing && (pattern == start || pattern[-1] == '/');

			pattern = skip_stars(pattern);
			pattern += whole && *pattern == '/';
			all = (struct star){ pattern, path };
			one.pattern = NULL;
		} else if (*pattern == '*') {
			one = (struct star){ ++pattern, path };
		} else if (*pattern && *path &&
			   (*pattern == *path || (*pattern == '?' && *path != '/'))) {
			pattern++;
			path++;
		} else if (!*pattern && !*path) {
			return true;
		} else if (!retry(&one, false, &pattern, &path)) {
			one.pattern = NULL;
			if (!retry_directories(&all, &pattern, &path))
				return false;
		}
	}
}

bool globs_match(const struct strings *patterns, const char *path)
{
	vec_each (const char **, pattern, patterns)
		if (glob_matches(*pattern, path, false))
			return true;
	return false;
}
