#include "syntax/attributes.h"

#include <string.h>

#include "base/limits.h"
#include "syntax/quote.h"
#include "syntax/slice.h"
#include "syntax/wildcard.h"

#define MACRO "[attr]"

/* A line taken apart; states are what it says, still to be read. */
struct line {
	struct text pattern; /* or the name of a macro */
	struct text states;
	bool is_macro;
};

/* A file being read. */
struct reader {
	struct attributes_file *file;
	struct attribute_names *names;
	struct arena *arena;
	bool is_root;
};

static bool is_blank(char character)
{
	return character == ' ' || character == '\t' || character == '\r';
}

static struct text skip_blanks(struct text text)
{
	size_t length = 0;

	while (length < text.length && is_blank(text.bytes[length]))
		length++;
	return slice_from(text, length);
}

/* Cut what stands before the next blank off *rest, and the blanks. */
static struct text cut_word(struct text *rest)
{
	struct text word = *rest;
	size_t length = 0;

	while (length < rest->length && !is_blank(rest->bytes[length]))
		length++;
	*rest = skip_blanks(slice_from(*rest, length));
	return slice_upto(word, length);
}

static bool is_name(struct text name)
{
	if (name.length == 0 || name.bytes[0] == '-')
		return false;
	for (size_t i = 0; i < name.length; i++) {
		char byte = name.bytes[i], lower = (char)(byte | 0x20);

		if ((lower < 'a' || lower > 'z') && (byte < '0' || byte > '9') &&
		    (!byte || !strchr("-._", byte)))
			return false;
	}
	return true;
}

/* The next thing that a line says. False where it is none: then Git drops the line. */
static bool cut_state(struct attribute_state *state, struct text *name, struct text *rest)
{
	struct text word = cut_word(rest);
	size_t equals = slice_find(word, '=');

	*state = (struct attribute_state){ .kind = ATTRIBUTE_TRUE };
	*name = slice_upto(word, equals);
	if (*word.bytes == '-' || *word.bytes == '!') {
		state->kind = *word.bytes == '-' ? ATTRIBUTE_FALSE : ATTRIBUTE_UNSET;
		*name = slice_from(*name, name->length > 0);
	} else if (equals < word.length) {
		state->kind = ATTRIBUTE_TEXT;
		state->text = slice_from(word, equals + 1);
	}
	return is_name(*name);
}

/* False where the line says nothing, or Git drops it. */
static bool split(struct line *line, struct reader *reader, struct text text)
{
	const char *end = memchr(text.bytes, '\0', text.length);
	struct text rest = { 0 }, name = { 0 };
	struct attribute_state state;

	if (end)
		text.length = (size_t)(end - text.bytes);
	rest = skip_blanks(text);
	if (text.length > MAX_ATTRIBUTE_LINE || rest.length == 0 || *rest.bytes == '#')
		return false;
	*line = (struct line){ 0 };
	if (quote_cut(&line->pattern, reader->arena, &rest))
		rest = skip_blanks(rest);
	else
		line->pattern = cut_word(&rest);
	line->is_macro = line->pattern.length > strlen(MACRO) && slice_starts(line->pattern, MACRO);
	if (line->is_macro) {
		line->pattern = slice_from(line->pattern, strlen(MACRO));
		line->pattern = cut_word(&line->pattern);
		if (!reader->is_root || !is_name(line->pattern))
			return false;
	}
	line->states = rest;
	while (rest.length > 0)
		if (!cut_state(&state, &name, &rest))
			return false;
	return true;
}

struct attribute *attribute_name(struct attribute_names *names, struct arena *arena,
				 struct text name)
{
	const char *key = slice_string(arena, name);
	struct attribute *attribute = map_get(&names->by_name, key);

	if (attribute)
		return attribute;
	names->too_many = names->by_name.count == MAX_ATTRIBUTE_NAMES;
	if (names->too_many)
		return NULL;
	attribute = arena_new(arena, struct attribute);
	attribute->index = names->by_name.count;
	map_put(&names->by_name, arena, key, attribute);
	return attribute;
}

static const struct attribute *find_name(const struct attribute_names *names, struct text name)
{
	char key[MAX_ATTRIBUTE_LINE + 1];

	memcpy(key, name.bytes, name.length);
	key[name.length] = '\0';
	return map_get(&names->by_name, key);
}

static struct attribute_states states_of(const struct reader *reader, const struct line *line)
{
	struct attribute_states states = { 0 };
	struct text rest = line->states, name = { 0 };
	struct attribute_state state;

	while (rest.length > 0) {
		cut_state(&state, &name, &rest);
		state.attribute = find_name(reader->names, name);
		if (state.attribute)
			*vec_add(reader->arena, &states) = state;
	}
	return states;
}

/* Names of macros before what they stand for: one may speak of another below it. */
static void read_name(struct reader *reader, const struct line *line, unsigned number)
{
	(void)number;
	if (line->is_macro)
		attribute_name(reader->names, reader->arena, line->pattern);
}

/* A pattern that begins with '!' Git drops, and one that ends in '/' means directories. */
static bool is_for_files(struct text pattern)
{
	return pattern.length > 0 && *pattern.bytes != '!' &&
	       pattern.bytes[pattern.length - 1] != '/';
}

static void read_rule(struct reader *reader, const struct line *line, unsigned number)
{
	struct attribute_rule rule = { .pattern = line->pattern, .line = number };
	struct attributes_file *file = reader->file;
	struct attribute *macro = NULL;

	rule.states = states_of(reader, line);
	if (line->is_macro) {
		macro = attribute_name(reader->names, reader->arena, line->pattern);
		if (macro)
			macro->states = rule.states;
		return;
	}
	if (rule.states.count == 0 || !is_for_files(rule.pattern))
		return;
	rule.is_path = slice_find(rule.pattern, '/') < rule.pattern.length;
	rule.pattern = slice_from(rule.pattern, *rule.pattern.bytes == '/');
	file->too_many = file->too_many || file->rules.count == MAX_ATTRIBUTE_RULES;
	if (!file->too_many)
		*vec_add(reader->arena, &file->rules) = rule;
}

static void each_line(struct reader *reader, struct text text,
		      void (*read)(struct reader *, const struct line *, unsigned))
{
	struct line line;
	struct text written = { 0 };

	text = slice_skip_mark(text);
	for (unsigned number = 1; slice_line(&written, &text); number++)
		if (split(&line, reader, written))
			read(reader, &line, number);
}

void attributes_read(struct attributes_file *file, struct attribute_names *names,
		     struct arena *arena, struct text text, bool is_root)
{
	struct reader reader = { file, names, arena, is_root };

	if (is_root)
		each_line(&reader, text, read_name);
	each_line(&reader, text, read_rule);
}
