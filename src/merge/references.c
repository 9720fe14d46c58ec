#include "merge/references.h"

#include <string.h>

#include "base/path.h"
#include "merge/sighting.h"
#include "syntax/slice.h"

struct search {
	struct sought sought;
	struct references *references;
	struct map known; /* "path:line" of what builds name */
};

/* 0, 1, or -1. */
static int speaks_of(struct search *search, const char *path, struct text line,
		     const struct wanted *wanted)
{
	size_t length = strlen(wanted->text);
	int meant = 0;

	for (size_t at = 0; !meant && at + length <= line.length; at++) {
		struct sighting seen = { path, line, at, at + length };

		if (line.bytes[at] == *wanted->text &&
		    memcmp(line.bytes + at, wanted->text, length) == 0)
			meant = sighting_is_meant(&search->sought, &seen, wanted);
	}
	return meant;
}

/* Documents and lists of names, which nothing runs. */
static bool is_harmless(const char *path)
{
	static const char *const ends[] = { ".md",  ".mdx",  ".txt", ".rst",   ".adoc",
					    ".svg", ".html", ".csv", "ignore", "CODEOWNERS" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t length = strlen(path), end = strlen(ends[i]);

		if (length >= end && strcasecmp(path + length - end, ends[i]) == 0)
			return true;
	}
	return false;
}

/* In the merged file itself comments are known to be comments. */
static bool breaks(const struct search *search, const char *path, struct text line)
{
	if (strcmp(path, search->sought.kept) == 0)
		return !slice_starts(slice_trim_start(line), "#");
	return !is_harmless(path);
}

static const char *place_name(struct search *search, const char *path, unsigned line)
{
	return arena_printf(search->sought.arena, "%s:%u", path, line);
}

static bool is_known(struct search *search, const char *path, unsigned line)
{
	return map_get(&search->known, place_name(search, path, line));
}

/* 0, or -1. */
static int search_line(struct search *search, const char *path, struct text line, unsigned number)
{
	vec_each (const struct wanted *, wanted, &search->sought.wanted) {
		int speaks = speaks_of(search, path, line, wanted);

		if (speaks < 0)
			return -1;
		if (!speaks || is_known(search, path, number))
			continue;
		*vec_add(search->sought.arena, search->references) = (struct reference){
			.path = arena_string(search->sought.arena, path),
			.line = number,
			.of = wanted->text,
			.breaks = breaks(search, path, line),
		};
		return 0;
	}
	return 0;
}

/* 0, or -1. */
static int search_text(struct search *search, const char *path, struct text text)
{
	struct text line = { 0 };

	/* What holds a NUL is no text. */
	if (!text.bytes || (text.length && memchr(text.bytes, '\0', text.length)))
		return 0;
	for (unsigned number = 1; slice_line(&line, &text); number++)
		if (search_line(search, path, line, number) < 0)
			return -1;
	return 0;
}

static void want(struct search *search, int kind, const char *text, const char *path)
{
	struct wanted *wanted = vec_add(search->sought.arena, &search->sought.wanted);

	wanted->kind = (unsigned)kind;
	wanted->text = text;
	wanted->path = path;
}

static size_t common_start(const char *one, const char *other)
{
	size_t length = 0;

	while (one[length] && one[length] == other[length])
		length++;
	return length;
}

/* Files of one name are told apart by their directory. */
static void want_variant(struct search *search, const char *path)
{
	struct arena *arena = search->sought.arena;
	const char *name = path_name(path), *directory = path_directory(arena, path);
	size_t stem = strcspn(name, ".-_");

	if (strcmp(name, path_name(search->sought.kept)) == 0) {
		want(search, WANT_NAME, arena_printf(arena, "%s/%s", path_name(directory), name),
		     path);
		want(search, WANT_DIRECTORY, path_name(directory), path);
		want(search, WANT_END, arena_printf(arena, "/%s", name), path);
		return;
	}
	want(search, WANT_NAME, name, path);
	if (!name[stem])
		return;
	if (common_start(name, path_name(search->sought.kept)) < stem) {
		want(search, WANT_END, name + stem, path);
		return;
	}
	want(search, WANT_BEGINNING, arena_copy(arena, name, stem + 1), path);
	want(search, WANT_BEGINNING, arena_copy(arena, name, stem), path);
}

static void know(struct search *search, struct place place)
{
	if (place.path)
		map_put(&search->known, search->sought.arena,
			place_name(search, place.path, place.span.line), search);
}

/* Where a build names a file that is there. */
static void know_builds(struct search *search, const struct project *project,
			const struct builds *builds)
{
	vec_each (const struct build *, build, builds) {
		if (!build_dockerfile(project, build))
			continue;
		know(search, build->dockerfile_place);
		know(search, build->context_place);
	}
}

int references_find(struct references *references, struct arena *arena, const struct project *after,
		    const char *kept, const struct strings *variants)
{
	struct search search = { .references = references };

	search.sought =
		(struct sought){ .arena = arena, .snapshot = after->snapshot, .kept = kept };

	vec_each (const char *const *, variant, variants)
		want_variant(&search, *variant);
	know_builds(&search, after, &after->builds);
	know_builds(&search, after, &after->covered);
	vec_each (const struct entry *, entry, &after->snapshot->watched) {
		struct text text = { 0 };

		if (entry->kind != ENTRY_FILE)
			continue;
		if (snapshot_read(after->snapshot, &text, entry) < 0 ||
		    search_text(&search, entry->path, text) < 0)
			return -1;
	}
	return 0;
}
