#include "cli/options.h"

#include <string.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/nearest.h"

/* Reading in progress. */
struct reading {
	struct options *options;
	struct arena *arena;
	const struct option *table;
	const char *const *words; /* still to be read */
};

static bool is_end(const struct option *option)
{
	return !option->letter && !option->name;
}

static void set(struct reading *reading, const struct option *option, const char *value)
{
	char *member = (char *)reading->options + option->offset;

	if (option->kind == OPTION_FLAG)
		*(bool *)(void *)member = true;
	else if (option->kind == OPTION_TEXT)
		*(const char **)(void *)member = value;
	else
		*vec_add(reading->arena, (struct strings *)(void *)member) = value;
}

static int unknown(struct reading *reading, const char *word, size_t length)
{
	const char *name = arena_copy(reading->arena, word + 2, length - 2);
	struct nearest nearest = { .wanted = name };

	for (const struct option *option = reading->table; !is_end(option); option++)
		if (option->name)
			nearest_offer(&nearest, option->name);
	if (nearest.name)
		return fail_usage("unknown option '--%s'; did you mean '--%s'?", name,
				  nearest.name);
	return fail_usage("unknown option '--%s'", name);
}

/* "--name", "--name=value" or "--name value". */
static int read_long(struct reading *reading, const char *word)
{
	size_t length = strcspn(word, "=");

	for (const struct option *option = reading->table; !is_end(option); option++) {
		if (!option->name || strlen(option->name) != length - 2 ||
		    strncmp(option->name, word + 2, length - 2) != 0)
			continue;
		if (!option->value && word[length] == '=')
			return fail_usage("option '--%s' takes no value", option->name);
		if (option->value && word[length] != '=' && !*reading->words)
			return fail_usage("option '--%s' needs a value", option->name);
		set(reading, option,
		    !option->value        ? NULL
		    : word[length] == '=' ? word + length + 1
					  : *reading->words++);
		return 0;
	}
	return unknown(reading, word, length);
}

static const struct option *by_letter(const struct reading *reading, char letter)
{
	for (const struct option *option = reading->table; !is_end(option); option++)
		if (option->letter == letter)
			return option;
	return NULL;
}

/* "-q", "-qv", "-C dir" or "-Cdir". */
static int read_short(struct reading *reading, const char *word)
{
	for (const char *at = word + 1; *at; at++) {
		const struct option *option = by_letter(reading, *at);

		if (!option)
			return fail_usage("unknown option '-%c'", *at);
		if (!option->value) {
			set(reading, option, NULL);
			continue;
		}
		if (!at[1] && !*reading->words)
			return fail_usage("option '-%c' needs a value", *at);
		set(reading, option, at[1] ? at + 1 : *reading->words++);
		return 0;
	}
	return 0;
}

int options_read(struct options *options, struct arena *arena, const struct option *table,
		 const char *const *words)
{
	struct reading reading = { options, arena, table, words };
	bool only_words = false;

	while (*reading.words) {
		const char *word = *reading.words++;
		int failed = 0;

		if (only_words || word[0] != '-' || !word[1])
			*vec_add(arena, &options->words) = word;
		else if (strcmp(word, "--") == 0)
			only_words = true;
		else if (word[1] == '-')
			failed = read_long(&reading, word);
		else
			failed = read_short(&reading, word);
		if (failed)
			return -1;
	}
	return 0;
}

void options_help(struct buf *out, const struct option *table)
{
	for (const struct option *option = table; !is_end(option); option++) {
		struct buf left = { 0 };

		if (option->letter)
			buf_addf(&left, "-%c%s", option->letter, option->name ? ", " : "");
		else
			buf_add(&left, "    ");
		if (option->name)
			buf_addf(&left, "--%s", option->name);
		if (option->value)
			buf_addf(&left, " %s", option->value);
		buf_addf(out, "  %-26s  %s\n", left.text, option->help);
		buf_release(&left);
	}
}
