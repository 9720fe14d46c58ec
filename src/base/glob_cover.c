#include "base/glob_cover.h"

#include <string.h>

#include "base/buf.h"
#include "base/glob.h"
#include "base/map.h"

#define MAX_COMPONENTS 16 /* of a path, from its end, that may differ from those of others */

/* A pattern on its way, and how many paths it stands for. */
struct cover {
	const char *pattern;
	unsigned paths;
	struct family *family; /* the largest that it can be part of; NULL: none */
};

struct covers VEC(struct cover);

/* Patterns that are the same but for one component. */
struct family {
	size_t start, rest; /* bytes before and behind the component, in each of them */
	size_t size;        /* how many could be part of it */
	struct covers members;
};

bool glob_can_name(const char *path)
{
	return *path && !path[strcspn(path, "*?{}")];
}

/* The family of those that differ from a pattern in the bytes from start to end. */
static struct family *family_of(struct map *families, struct arena *arena, const char *pattern,
				const char *const ends[2])
{
	size_t start = (size_t)(ends[0] - pattern), rest = strlen(ends[1]);
	const char *key = arena_printf(arena, "%.*s{}%s", (int)start, pattern, ends[1]);
	struct family *family = map_get(families, key);

	if (family)
		return family;
	family = arena_new(arena, struct family);
	family->start = start;
	family->rest = rest;
	map_put(families, arena, key, family);
	return family;
}

/* Braces do not nest, and a comma inside them parts. */
static bool may_differ(const char *component, const char *end)
{
	size_t length = strcspn(component, "{,");

	return end > component && component + length >= end;
}

/* Every component of a pattern in turn, the last first: ends[0] to ends[1]. */
static bool next_component(const char *pattern, const char *ends[2])
{
	if (ends[0] == pattern)
		return false;
	ends[1] = ends[0] ? ends[0] - 1 : pattern + strlen(pattern);
	ends[0] = ends[1];
	/* cppcheck-suppress negativeIndex ; it takes [-1] for one of ends, not of the pattern */
	while (ends[0] > pattern && ends[0][-1] != '/')
		ends[0]--;
	return true;
}

static void count_families(struct map *families, struct arena *arena, const struct covers *covers)
{
	vec_each (const struct cover *, cover, covers) {
		const char *ends[2] = { NULL, NULL };

		for (int i = 0; i < MAX_COMPONENTS && next_component(cover->pattern, ends); i++)
			if (may_differ(ends[0], ends[1]))
				family_of(families, arena, cover->pattern, ends)->size++;
	}
}

/* Each goes where most others could go too; of equals, with those in its directory. */
static void choose_families(struct map *families, struct arena *arena, struct covers *covers)
{
	vec_each (struct cover *, cover, covers) {
		const char *ends[2] = { NULL, NULL };

		for (int i = 0; i < MAX_COMPONENTS && next_component(cover->pattern, ends); i++) {
			struct family *family = NULL;

			if (!may_differ(ends[0], ends[1]))
				continue;
			family = family_of(families, arena, cover->pattern, ends);
			if (!cover->family || family->size > cover->family->size)
				cover->family = family;
		}
		if (cover->family)
			*vec_add(arena, &cover->family->members) = *cover;
	}
}

/* How much of the components that differ is the same at their beginning, up to a separator. */
static size_t same_start(const struct family *family)
{
	const char *first = family->members.items[0].pattern + family->start;
	size_t same = strlen(first) - family->rest;

	vec_each (const struct cover *, member, &family->members) {
		const char *other = member->pattern + family->start;
		size_t length = strlen(other) - family->rest, i = 0;

		while (i < same && i < length && first[i] == other[i])
			i++;
		same = i;
	}
	while (same > 0 && !strchr(".-_", first[same - 1]))
		same--;
	return same;
}

/* The same of their end, of which `taken` bytes at the beginning are no part. */
static size_t same_end(const struct family *family, size_t taken)
{
	const char *first = family->members.items[0].pattern;
	const char *end = first + strlen(first) - family->rest;
	size_t same = (size_t)(end - first) - family->start - taken;

	vec_each (const struct cover *, member, &family->members) {
		const char *other = member->pattern + strlen(member->pattern) - family->rest;
		size_t length = (size_t)(other - member->pattern) - family->start - taken, i = 0;

		while (i < same && i < length && end[-1 - (long)i] == other[-1 - (long)i])
			i++;
		same = i;
	}
	while (same > 0 && !strchr(".-_", end[-(long)same]))
		same--;
	return same;
}

/* Of some members of a family one pattern: what they share stands outside the braces. */
static struct cover join(struct arena *arena, const struct family *family)
{
	const struct cover *first = family->members.items;
	size_t before = family->start + same_start(family);
	size_t behind = family->rest + same_end(family, before - family->start);
	struct cover joined = { 0 };
	struct buf text = { 0 };

	if (family->members.count == 1)
		return *first;
	buf_addn(&text, first->pattern, before);
	vec_each (const struct cover *, member, &family->members) {
		buf_addc(&text, member == first ? '{' : ',');
		buf_addn(&text, member->pattern + before,
			 strlen(member->pattern) - before - behind);
		joined.paths += member->paths;
	}
	buf_addc(&text, '}');
	buf_add(&text, first->pattern + strlen(first->pattern) - behind);
	joined.pattern = arena_string(arena, text.text);
	buf_release(&text);
	return joined;
}

/* All members of a family, in as many patterns as it takes. */
static void add_family(struct covers *covers, struct arena *arena, const struct family *family)
{
	unsigned most = GLOB_ALTERNATIVES / family->members.items[0].paths;

	for (unsigned done = 0; done < family->members.count; done += most) {
		struct family part = *family;

		part.members.items += done;
		part.members.count -= done;
		if (part.members.count > most)
			part.members.count = most;
		*vec_add(arena, covers) = join(arena, &part);
	}
}

/* The same in fewer patterns, where there are. */
static struct covers fold(struct arena *arena, struct covers *covers)
{
	struct map families = { 0 };
	struct covers folded = { 0 };

	count_families(&families, arena, covers);
	choose_families(&families, arena, covers);
	vec_each (const struct cover *, cover, covers) {
		if (!cover->family)
			*vec_add(arena, &folded) = *cover;
		else if (cover->family->size > 0)
			add_family(&folded, arena, cover->family);
		if (cover->family)
			cover->family->size = 0;
	}
	vec_each (struct cover *, cover, &folded)
		cover->family = NULL;
	return folded;
}

void glob_cover(struct strings *patterns, struct arena *arena, const struct strings *paths)
{
	struct arena scratch = { 0 };
	struct covers covers = { 0 };
	size_t before = 0;

	vec_each (const char *const *, path, paths)
		*vec_add(&scratch, &covers) = (struct cover){ .pattern = *path, .paths = 1 };
	do {
		before = covers.count;
		covers = fold(&scratch, &covers);
	} while (covers.count < before);
	vec_each (const struct cover *, cover, &covers)
		*vec_add(arena, patterns) = arena_string(arena, cover->pattern);
	arena_release(&scratch);
}
