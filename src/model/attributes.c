#include "model/attributes.h"

#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "syntax/attributes.h"
#include "syntax/slice.h"
#include "syntax/wildcard.h"

#define ATTRIBUTES_FILE ".gitattributes"

/* The attributes that change what is checked out, by their index. */
enum {
	FILTER,
	IDENT,
	ENCODING,
	COUNT
};

static const char *const interests[COUNT] = { "filter", "ident", "working-tree-encoding" };

/* A .gitattributes file and those above it. */
struct attributes_level {
	const char *path;      /* of the file */
	size_t prefix;         /* bytes of a path before what its patterns are matched to */
	const char *too_large; /* why it was not read; NULL: it was */
	struct attributes_file file;
	const struct attributes_level *above; /* the nearest that is there */
};

/* What is known of a project's attributes. */
struct attributes {
	struct attribute_names names;
	struct table directories; /* struct attributes_level ** by path; NULL in it: none */
};

/* What was found for one path. */
struct answer {
	const char *path;
	char *reached; /* for wildcard_matches() */
	struct {
		enum attribute_kind kind;
		struct text text;
		const struct attributes_level *level;
		unsigned line;
	} values[MAX_ATTRIBUTE_NAMES];
};

static struct attributes *attributes_of(struct project *project)
{
	struct attributes *attributes = project->attributes;

	if (attributes)
		return attributes;
	attributes = arena_new(project->arena, struct attributes);
	for (size_t i = 0; i < COUNT; i++)
		attribute_name(&attributes->names, project->arena,
			       (struct text){ interests[i], strlen(interests[i]) });
	project->attributes = attributes;
	return attributes;
}

static int read_level(struct project *project, struct attributes_level *level,
		      const struct entry *entry)
{
	struct attributes *attributes = project->attributes;
	struct text text = { 0 };
	bool is_root = level->prefix == 0, is_read = false;

	if (snapshot_read(project->snapshot, &text, entry) < 0)
		return -1;
	project->effort.read += text.bytes ? text.length : 0;
	is_read = text.bytes && project->effort.read <= MAX_ATTRIBUTES_READ;
	if (is_read)
		attributes_read(&level->file, &attributes->names, project->arena, text, is_root);
	if (!text.bytes)
		level->too_large =
			arena_printf(project->arena, "is larger than %u bytes", MAX_FILE_SIZE);
	else if (!is_read)
		level->too_large =
			arena_printf(project->arena, "and those before it have more than %u bytes",
				     MAX_ATTRIBUTES_READ);
	else if (level->file.too_many)
		level->too_large = arena_printf(project->arena, "has more than %d patterns",
						MAX_ATTRIBUTE_RULES);
	else if (is_root && attributes->names.too_many)
		level->too_large = arena_printf(project->arena, "has more than %d macros",
						MAX_ATTRIBUTE_NAMES - COUNT);
	return 0;
}

/* The level of a directory, or of the nearest above it that has one; NULL: none has. 0, or -1. */
static int find_level(struct project *project, const struct attributes_level **level,
		      const char *directory)
{
	struct attributes *attributes = attributes_of(project);
	const struct attributes_level **known = table_get(&attributes->directories, directory);
	bool is_root = strcmp(directory, ".") == 0;
	struct attributes_level *own = NULL;
	struct entry entry = { 0 };

	*level = known ? *known : NULL;
	if (known)
		return 0;
	if (!is_root && find_level(project, level, path_directory(project->arena, directory)) < 0)
		return -1;
	entry.path = path_join(project->arena, directory, ATTRIBUTES_FILE);
	if (snapshot_lookup(project->snapshot, &entry, entry.path) < 0)
		return -1;
	/* Where it is a link, Git takes its text for attributes when it checks a tree out. */
	if (entry.kind == ENTRY_FILE || entry.kind == ENTRY_LINK) {
		own = arena_new(project->arena, struct attributes_level);
		own->path = entry.path;
		own->prefix = is_root ? 0 : strlen(directory) + 1;
		own->above = *level;
		*level = own;
		if (read_level(project, own, &entry) < 0)
			return -1;
	}
	known = arena_new(project->arena, const struct attributes_level *);
	*known = *level;
	table_put(&attributes->directories, project->arena, directory, known);
	return 0;
}

/* Does a pattern match the path? As Git does it, what stands for itself is compared first. */
static bool matches(struct effort *effort, struct answer *answer,
		    const struct attributes_level *level, const struct attribute_rule *rule)
{
	const char *start = rule->is_path ? answer->path + level->prefix : path_name(answer->path);
	struct text path = { start, strlen(start) };
	size_t plain = wildcard_plain(rule->pattern);
	struct text pattern = slice_from(rule->pattern, plain);

	effort->matches++;
	if (path.length < plain || memcmp(path.bytes, rule->pattern.bytes, plain) != 0)
		return false;
	path = slice_from(path, plain);
	if (pattern.length == 0)
		return path.length == 0;
	effort->matches += pattern.length * (path.length + 1);
	return wildcard_matches(pattern, path, answer->reached);
}

/* A line is read from its end, and what is said first stands (Git attr.c fill_one). A macro that
 * is set says what it stands for. */
static void fill(struct answer *answer, const struct attribute_states *states,
		 const struct attributes_level *level, unsigned line)
{
	for (size_t i = states->count; i-- > 0;) {
		const struct attribute_state *state = &states->items[i];
		size_t index = state->attribute->index;

		if (answer->values[index].kind != ATTRIBUTE_UNKNOWN)
			continue;
		answer->values[index].kind = state->kind;
		answer->values[index].text = state->text;
		answer->values[index].level = level;
		answer->values[index].line = line;
		if (state->kind == ATTRIBUTE_TRUE)
			fill(answer, &state->attribute->states, level, line);
	}
}

static bool is_complete(const struct answer *answer)
{
	for (size_t i = 0; i < COUNT; i++)
		if (answer->values[i].kind == ATTRIBUTE_UNKNOWN)
			return false;
	return true;
}

/* The nearest file first, the last line first. What could not be told, and why; NULL: all was. */
static const char *find_values(struct project *project, struct answer *answer,
			       const struct attributes_level *level)
{
	for (; level && !is_complete(answer); level = level->above) {
		const struct attribute_rules *rules = &level->file.rules;

		if (level->too_large)
			return arena_printf(project->arena, "its attributes are not known: '%s' %s",
					    level->path, level->too_large);
		for (size_t i = rules->count; i-- > 0 && !is_complete(answer);) {
			if (matches(&project->effort, answer, level, &rules->items[i]))
				fill(answer, &rules->items[i].states, level, rules->items[i].line);
			if (project->effort.matches > MAX_MATCH_STEPS)
				return arena_printf(project->arena,
						    "its attributes are not known: their patterns "
						    "take more than %u steps to match",
						    MAX_MATCH_STEPS);
		}
	}
	return NULL;
}

/* Does the value make Git change the file? (Git convert.c; an encoding that is UTF-8 does not,
 * and one without a name is an error.) */
static bool changes(const struct answer *answer, size_t index)
{
	enum attribute_kind kind = answer->values[index].kind;
	struct text text = answer->values[index].text;

	if (index == IDENT)
		return kind == ATTRIBUTE_TRUE;
	if (index == ENCODING && kind == ATTRIBUTE_TRUE)
		return true;
	if (kind != ATTRIBUTE_TEXT || text.length == 0)
		return false;
	return index == FILTER || !(slice_is_like(text, "utf-8") || slice_is_like(text, "utf8"));
}

int attributes_change(struct project *project, const char **reason, const char *path)
{
	const struct attributes_level *level = NULL;
	struct arena scratch = { 0 };
	struct answer *answer = NULL;

	*reason = NULL;
	if (find_level(project, &level, path_directory(project->arena, path)) < 0)
		return -1;
	if (!level)
		return 0;
	answer = arena_new(&scratch, struct answer);
	answer->path = path;
	answer->reached = arena_alloc(&scratch, strlen(path) + 1);
	*reason = find_values(project, answer, level);
	for (size_t i = 0; i < COUNT && !*reason; i++)
		if (changes(answer, i))
			*reason = arena_printf(project->arena,
					       "it is changed by an attribute, '%s' in line %u of "
					       "'%s'",
					       interests[i], answer->values[i].line,
					       answer->values[i].level->path);
	arena_release(&scratch);
	return 0;
}

int attributes_change_of(struct snapshot *snapshot, const char **reason, const char *path)
{
	struct project project = { .arena = snapshot->arena, .snapshot = snapshot };

	return attributes_change(&project, reason, path);
}
