#include "model/arguments.h"

#include <string.h>

#include "base/limits.h"
#include "syntax/dockerfile.h"
#include "syntax/slice.h"

/* What every build has. A platform is a guess here: the commonest one. */
static const struct {
	const char *name, *value;
} predefined[] = {
	{ "BUILDARCH", "amd64" },
	{ "BUILDOS", "linux" },
	{ "BUILDOSVERSION", "" },
	{ "BUILDPLATFORM", "linux/amd64" },
	{ "BUILDVARIANT", "" },
	{ "TARGETARCH", "amd64" },
	{ "TARGETOS", "linux" },
	{ "TARGETOSVERSION", "" },
	{ "TARGETPLATFORM", "linux/amd64" },
	{ "TARGETVARIANT", "" },
};

/* What the map of declared names leads to. */
static char by_argument, by_platform;

static void set(struct globals *globals, struct map *map, const char *name, const char *value)
{
	char *copy = arena_string(globals->words.arena, value);

	map_put(map, globals->words.arena, name, copy);
}

static void mark(struct globals *globals, const char *name, bool is_by_platform)
{
	map_put(&globals->declared, globals->words.arena, name,
		is_by_platform ? &by_platform : &by_argument);
}

/* TARGETSTAGE: the target as asked for, else the last stage's name, else "default". */
static const char *target_stage(const struct dockerfile *file, const struct build *build)
{
	const struct stage *last = &file->stages.items[file->stages.count - 1];

	if (build && build->target && *build->target)
		return build->target;
	return last->name ? last->name : "default";
}

static const struct argument *given(const struct map *arguments, const char *name)
{
	const struct argument *argument = map_get(arguments, name);

	return argument && argument->value ? argument : NULL;
}

/* The value of an argument that every build has; NULL: it is none. */
static const char *predefined_value(const char *name)
{
	/* It is asked of every name: all of these are about the BUILD or its TARGET. */
	if (*name != 'B' && *name != 'T')
		return NULL;
	for (size_t i = 0; i < sizeof(predefined) / sizeof(predefined[0]); i++)
		if (strcmp(predefined[i].name, name) == 0)
			return predefined[i].value;
	return NULL;
}

/* A build may give those another value. */
static void set_predefined(struct globals *globals, const struct map *arguments,
			   const struct build *build)
{
	vec_each (const struct argument *, argument, &build->arguments) {
		const struct argument *last = given(arguments, argument->name);

		if (!last || !predefined_value(argument->name))
			continue;
		set(globals, &globals->values, last->name, last->value);
		mark(globals, last->name, false);
	}
}

static bool is_declared(const struct globals *globals, const char *name)
{
	return map_get(&globals->declared, name) || predefined_value(name);
}

static bool is_by_platform(const struct globals *globals, const char *name)
{
	const char *by = map_get(&globals->declared, name);

	return by ? by == &by_platform : predefined_value(name) != NULL;
}

/* One NAME or NAME=default. False: a limit is passed. */
static bool declare(struct globals *globals, const struct map *arguments, struct text word)
{
	size_t end = slice_find(word, '=');
	const char *name = slice_string(globals->words.arena, slice_upto(word, end));
	const struct argument *argument = given(arguments, name);
	struct text value = { 0 };

	if (!is_by_platform(globals, name))
		mark(globals, name, false);
	if (argument) {
		set(globals, &globals->values, name, argument->value);
		return true;
	}
	if (end == word.length)
		return true;
	if (!globals_expand(globals, &value, slice_from(word, end + 1))) {
		if (!globals->broken)
			globals->broken = name;
		return !globals->words.over_limit;
	}
	if (globals_by_platform(globals))
		mark(globals, name, true);
	set(globals, &globals->values, name, value.bytes);
	return true;
}

static bool declare_all(struct globals *globals, const struct map *arguments,
			const struct dockerfile *file)
{
	char escape = globals->words.escape;

	vec_each (const struct instruction *, instruction, &file->syntax->instructions) {
		struct text rest = instruction->arguments, word = { 0 };

		if (instruction->keyword != KEYWORD_ARG)
			return true;
		while (instruction_word(&word, &rest, escape))
			if (!declare(globals, arguments, word))
				return false;
	}
	return true;
}

bool globals_read(struct globals *globals, struct arena *arena, const struct dockerfile *file,
		  const struct build *build)
{
	struct map arguments = { 0 };

	*globals = (struct globals){ .words = { .arena = arena, .limit = MAX_EXPANSION_OF_FILE } };
	globals->words.values = &globals->values;
	globals->words.below = predefined_value;
	globals->words.escape = file->syntax->directives.escape_character;
	if (build) {
		vec_each (struct argument *, argument, &build->arguments)
			map_put(&arguments, arena, argument->name, argument);
		set_predefined(globals, &arguments, build);
	}
	set(globals, &globals->values, "TARGETSTAGE", target_stage(file, build));
	return declare_all(globals, &arguments, file);
}

bool globals_expand(struct globals *globals, struct text *result, struct text word)
{
	globals->words.names.count = 0;
	if (slice_find(word, '\0') == word.length)
		return words_expand(&globals->words, result, word);
	globals->words.error = "it holds a NUL byte";
	globals->words.over_limit = globals->words.wants_value = false;
	return false;
}

const char *globals_cure(const struct globals *globals)
{
	const struct strings *names = &globals->words.names;
	const char *cure = NULL;

	if (globals->words.error) {
		if (!globals->words.wants_value)
			return NULL;
		cure = names->items[names->count - 1];
		return is_declared(globals, cure) ? cure : NULL;
	}

	vec_each (const char *const *, name, &globals->words.names) {
		const char *value = map_get(&globals->values, *name);

		if (!is_declared(globals, *name))
			continue;
		if (!value)
			value = predefined_value(*name);
		if (!value || !*value)
			return *name;
		if (!cure)
			cure = *name;
	}
	return cure;
}

bool globals_by_platform(const struct globals *globals)
{
	vec_each (const char *const *, name, &globals->words.names)
		if (is_by_platform(globals, *name))
			return true;
	return false;
}
