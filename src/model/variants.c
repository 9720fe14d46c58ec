#include "model/variants.h"

#include <ctype.h>
#include <string.h>

#include "base/glob.h"
#include "base/limits.h"
#include "base/path.h"
#include "model/environment.h"
#include "model/names.h"

/* Docker takes Dockerfile before dockerfile, and knows no other. */
enum family {
	DOCKERFILE,
	LOWER_DOCKERFILE,
	CONTAINERFILE,
	NOT_BARE /* one with tags */
};

/* A file that is named as a Dockerfile. */
struct candidate {
	const struct dockerfile *file;
	struct strings tags;
	enum family family;
	bool has_environment; /* among its tags */
	bool is_production;   /* by a tag or a directory */
};

struct candidates VEC(struct candidate *);

/* Directories that count as one have the same leader, whose candidates are those of all. */
struct directory {
	const char *path;
	struct directory *leader;
	struct candidates candidates;
};

struct directories VEC(struct directory *);

/* What is known while variants are looked for. */
struct search {
	struct variants *variants;
	struct arena *arena;
	struct table by_path;   /* struct directory * */
	struct table by_masked; /* the same, by its path with one word of environment left out */
	struct directories directories;
	struct map platforms; /* the words, in lower case as tags are */
};

static struct directory *leader_of(struct directory *directory)
{
	while (directory->leader != directory) {
		directory->leader = directory->leader->leader;
		directory = directory->leader;
	}
	return directory;
}

void variants_siblings(struct strings *names, struct arena *arena, const char *directory)
{
	const char *at = directory;

	while (*at && names->count < MAX_ENVIRONMENT_COMPONENTS) {
		size_t length = strcspn(at, "/");

		if (is_environment_directory(arena_copy(arena, at, length)))
			*vec_add(arena, names) = arena_printf(
				arena, "%.*s//%s", (int)(at - directory), directory, at + length);
		at += length;
		at += *at == '/';
	}
}

/* The directory counts as one with those it shares a name with. */
static void join_siblings(struct search *search, struct directory *directory)
{
	struct strings names = { 0 };

	variants_siblings(&names, search->arena, directory->path);
	vec_each (const char **, name, &names) {
		struct directory *other = table_get(&search->by_masked, *name);

		if (other)
			leader_of(directory)->leader = leader_of(other);
		else
			table_put(&search->by_masked, search->arena, *name, directory);
	}
}

static struct directory *add_directory(struct search *search, const char *path)
{
	struct directory *directory = table_get(&search->by_path, path);

	if (directory)
		return directory;
	directory = arena_new(search->arena, struct directory);
	*directory = (struct directory){ .path = path, .leader = directory };
	table_put(&search->by_path, search->arena, path, directory);
	*vec_add(search->arena, &search->directories) = directory;
	join_siblings(search, directory);
	return directory;
}

static enum family family(const char *name)
{
	if (!name_is_bare(name))
		return NOT_BARE;
	if (name_is_containerfile(name))
		return CONTAINERFILE;
	return strcmp(name, "Dockerfile") == 0 ? DOCKERFILE : LOWER_DOCKERFILE;
}

static bool is_in_production(struct arena *arena, const char *directory)
{
	while (*directory) {
		size_t length = strcspn(directory, "/");

		if (is_production_word(arena_copy(arena, directory, length)))
			return true;
		directory += length;
		directory += *directory == '/';
	}
	return false;
}

static void add_candidate(struct search *search, const struct dockerfile *file)
{
	const char *name = path_name(file->path);
	struct candidate *candidate = NULL;
	struct directory *directory = NULL;

	if (name_kind(name) != NAME_DOCKERFILE)
		return;
	candidate = arena_new(search->arena, struct candidate);
	directory = add_directory(search, path_directory(search->arena, file->path));
	*candidate = (struct candidate){ .file = file, .family = family(name) };
	name_tags(&candidate->tags, search->arena, name);
	candidate->is_production = is_in_production(search->arena, directory->path);
	vec_each (const char **, tag, &candidate->tags) {
		candidate->has_environment |= is_environment_word(*tag);
		candidate->is_production |= is_production_word(*tag);
	}
	*vec_add(search->arena, &directory->candidates) = candidate;
}

/* Is a rather kept than b? */
static bool is_before(const struct candidate *a, const struct candidate *b)
{
	if (a->family != b->family)
		return a->family < b->family;
	if (a->has_environment != b->has_environment)
		return b->has_environment;
	if (a->is_production != b->is_production)
		return a->is_production;
	return strcmp(a->file->path, b->file->path) < 0;
}

/* "cuda", and "cuda12" as well. */
static bool is_platform(const struct search *search, const char *tag)
{
	size_t letters = strlen(tag);

	while (letters > 0 && tag[letters - 1] >= '0' && tag[letters - 1] <= '9')
		letters--;
	return map_get(&search->platforms, tag) ||
	       map_get(&search->platforms, arena_copy(search->arena, tag, letters));
}

static const char *real_path(const struct dockerfile *file)
{
	return file->real_path ? file->real_path : file->path;
}

/* One file under the bare names of both families, for tools that look for either. */
static bool is_other_family(const struct candidate *a, const struct candidate *b)
{
	struct text x = a->file->text, y = b->file->text;
	bool differ = (a->family == CONTAINERFILE) != (b->family == CONTAINERFILE);

	return differ && a->family != NOT_BARE && x.bytes && y.bytes && x.length == y.length &&
	       memcmp(x.bytes, y.bytes, x.length) == 0;
}

static bool is_allowed(const struct search *search, const struct candidate *candidate,
		       const struct candidate *kept)
{
	const struct variants *variants = search->variants;

	vec_each (const char **, tag, &candidate->tags)
		if (is_platform(search, *tag))
			return true;
	return strcmp(real_path(candidate->file), real_path(kept->file)) == 0 ||
	       is_other_family(candidate, kept) ||
	       globs_match(&variants->policy->dockerfiles, candidate->file->path);
}

static void add_variant(struct search *search, const struct candidate *candidate,
			const struct candidate *kept)
{
	if (candidate != kept && !is_allowed(search, candidate, kept))
		table_put(&search->variants->kept, search->arena, candidate->file->path,
			  project_dockerfile(search->variants->project, kept->file->path));
}

/* What a name says beside words of environment: files of which it is the same are one thing. */
static const char *thing(struct search *search, const struct candidate *candidate)
{
	bool other = name_is_containerfile(path_name(candidate->file->path));
	const char *words = other ? "Containerfile" : "Dockerfile";

	vec_each (const char **, tag, &candidate->tags)
		if (!is_environment_word(*tag))
			words = arena_printf(search->arena, "%s.%s", words, *tag);
	return words;
}

/* Without a file of the bare name only those that differ by a word of environment are variants. */
static void judge_things(struct search *search, const struct candidates *candidates)
{
	struct map best = { 0 };

	vec_each (struct candidate **, candidate, candidates) {
		const char *key = thing(search, *candidate);
		const struct candidate *known = map_get(&best, key);

		if (!known || is_before(*candidate, known))
			map_put(&best, search->arena, key, *candidate);
	}
	vec_each (struct candidate **, candidate, candidates)
		if ((*candidate)->has_environment)
			add_variant(search, *candidate, map_get(&best, thing(search, *candidate)));
}

static void judge(struct search *search, const struct candidates *candidates)
{
	const struct candidate *kept = candidates->items[0];

	vec_each (struct candidate **, candidate, candidates)
		if (is_before(*candidate, kept))
			kept = *candidate;
	if (kept->family == NOT_BARE) {
		judge_things(search, candidates);
		return;
	}
	vec_each (struct candidate **, candidate, candidates)
		add_variant(search, *candidate, kept);
}

static void add_platform(struct search *search, const char *platform)
{
	static char yes[] = "yes";
	char *word = arena_string(search->arena, platform);

	for (char *at = word; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	map_put(&search->platforms, search->arena, word, yes);
}

void variants_find(struct variants *variants)
{
	struct search search = { .variants = variants, .arena = variants->arena };

	vec_each (const char **, platform, variants->platforms)
		add_platform(&search, *platform);
	vec_each (struct dockerfile **, file, &variants->project->dockerfiles)
		add_candidate(&search, *file);
	vec_each (struct directory **, directory, &search.directories) {
		struct directory *leader = leader_of(*directory);

		if (leader == *directory)
			continue;
		vec_each (struct candidate **, candidate, &(*directory)->candidates)
			*vec_add(search.arena, &leader->candidates) = *candidate;
	}
	vec_each (struct directory **, directory, &search.directories)
		if ((*directory)->leader == *directory)
			judge(&search, &(*directory)->candidates);
}

const struct dockerfile *variants_kept(const struct variants *variants, const char *path)
{
	return table_get(&variants->kept, path);
}
