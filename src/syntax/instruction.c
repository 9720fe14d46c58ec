#include "syntax/instruction.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "syntax/healthcheck.h"
#include "syntax/mount.h"
#include "syntax/slice.h"

#define MAX_SHOWN 60 /* bytes of a text in a message */

enum shape {
	SHAPE_HEALTH, /* a type, then either form */
	SHAPE_LIST,   /* JSON or words */
	SHAPE_PAIRS,  /* name=value */
	SHAPE_SHELL,  /* JSON or a command */
	SHAPE_TEXT,
	SHAPE_TRIGGER,
	SHAPE_WORDS, /* words alone */
};

/* What there is to know of one. */
struct known {
	const char *name;
	enum shape shape;
	bool takes_heredocs;
	bool ignores_flags; /* whatever they are (BuildKit never parses them) */
	size_t least;       /* arguments it needs */
};

static const struct known keywords[] = {
	[KEYWORD_ADD] = { "ADD", SHAPE_LIST, .takes_heredocs = true, .least = 2 },
	[KEYWORD_ARG] = { "ARG", SHAPE_PAIRS, .ignores_flags = true, .least = 1 },
	[KEYWORD_CMD] = { "CMD", SHAPE_SHELL, .least = 0 },
	[KEYWORD_COPY] = { "COPY", SHAPE_LIST, .takes_heredocs = true, .least = 2 },
	[KEYWORD_ENTRYPOINT] = { "ENTRYPOINT", SHAPE_SHELL, .least = 0 },
	[KEYWORD_ENV] = { "ENV", SHAPE_PAIRS, .least = 1 },
	[KEYWORD_EXPOSE] = { "EXPOSE", SHAPE_WORDS, .least = 1 },
	[KEYWORD_FROM] = { "FROM", SHAPE_WORDS, .least = 0 },
	[KEYWORD_HEALTHCHECK] = { "HEALTHCHECK", SHAPE_HEALTH, .ignores_flags = true },
	[KEYWORD_LABEL] = { "LABEL", SHAPE_PAIRS, .least = 1 },
	[KEYWORD_MAINTAINER] = { "MAINTAINER", SHAPE_TEXT, .least = 1 },
	[KEYWORD_ONBUILD] = { "ONBUILD", SHAPE_TRIGGER, .least = 1 },
	[KEYWORD_RUN] = { "RUN", SHAPE_SHELL, .takes_heredocs = true },
	[KEYWORD_SHELL] = { "SHELL", SHAPE_SHELL, .least = 0 },
	[KEYWORD_STOPSIGNAL] = { "STOPSIGNAL", SHAPE_TEXT, .ignores_flags = true, .least = 1 },
	[KEYWORD_USER] = { "USER", SHAPE_TEXT, .least = 1 },
	[KEYWORD_VOLUME] = { "VOLUME", SHAPE_LIST, .least = 1 },
	[KEYWORD_WORKDIR] = { "WORKDIR", SHAPE_TEXT, .least = 1 },
};

#define KEYWORD_COUNT (sizeof(keywords) / sizeof(keywords[0]))

const char *keyword_name(enum keyword keyword)
{
	return keywords[keyword].name;
}

static bool has_high_bytes(struct text text)
{
	for (size_t i = 0; i < text.length; i++)
		if ((unsigned char)text.bytes[i] >= 0x80)
			return true;
	return false;
}

static int compare(const void *key, const void *item)
{
	const struct text *name = key;
	const struct known *keyword = item;
	int order = (*name->bytes | 0x20) - (*keyword->name | 0x20);
	size_t length = 0;

	/* Mostly the first letters tell them apart. */
	if (order)
		return order;
	order = strncasecmp(name->bytes, keyword->name, name->length);
	length = strlen(keyword->name);
	/* A NUL byte of the file ends the comparison, and not the name. */
	return order ? order : (name->length > length) - (name->length < length);
}

static enum keyword find_keyword(struct arena *arena, struct text name)
{
	const struct known *found = NULL;

	/* Go's lower case makes an ASCII letter of a few signs. */
	if (has_high_bytes(name)) {
		const char *lower = slice_lower(arena, name);

		name = (struct text){ lower, strlen(lower) };
	}
	found = bsearch(&name, keywords + 1, KEYWORD_COUNT - 1, sizeof(keywords[0]), compare);
	return found ? (enum keyword)(found - keywords) : KEYWORD_NONE;
}

const char *instruction_shown(struct arena *arena, struct text text)
{
	if (text.length <= MAX_SHOWN)
		return slice_string(arena, text);
	return arena_printf(arena, "%.*s...", MAX_SHOWN, text.bytes);
}

/* How long the word at the start is; *length leaves out an escape character that ends it all. */
static size_t word_end(struct text text, char escape, size_t *length)
{
	char quote = '\0';
	size_t at = 0;

	while (at < text.length && (quote || !slice_space(text.bytes + at, text.length - at))) {
		char byte = text.bytes[at++];

		*length = at;
		if (byte == escape && quote != '\'') {
			if (at == text.length)
				*length = at - 1;
			else
				*length = ++at;
		} else if (quote ? byte == quote : byte == '\'' || byte == '"') {
			quote = quote ? '\0' : byte;
		}
	}
	return at;
}

bool instruction_word(struct text *word, struct text *rest, char escape)
{
	*word = (struct text){ rest->bytes, 0 };
	while (word->length == 0) {
		size_t end = 0;

		*rest = slice_trim_start(*rest);
		if (rest->length == 0)
			return false;
		word->bytes = rest->bytes;
		end = word_end(*rest, escape, &word->length);
		*rest = slice_from(*rest, end);
	}
	return true;
}

void instruction_list(struct texts *list, struct arena *arena,
		      const struct instruction *instruction)
{
	struct text rest = instruction->arguments, word = { 0 };

	if (instruction->form == EXEC_STRINGS)
		exec_form_read(list, arena, rest);
	else
		while (slice_word(&word, &rest))
			*vec_add(arena, list) = word;
}

/* "NAME value" or "NAME=value NAME=value..." of ENV and LABEL. */
static const char *check_pairs(const struct instruction *instruction, struct arena *arena,
			       char escape)
{
	struct text arguments = instruction->arguments, rest = arguments, word = { 0 };

	if (!instruction_word(&word, &rest, escape))
		return NULL;
	if (slice_find(word, '=') == word.length) {
		slice_word(&word, &arguments);
		if (arguments.length > 0)
			return NULL;
		return arena_printf(arena, "%s wants a value behind '%s'",
				    keyword_name(instruction->keyword),
				    instruction_shown(arena, word));
	}
	while (instruction_word(&word, &rest, escape))
		if (slice_find(word, '=') == word.length)
			return arena_printf(arena, "%s wants name=value in place of '%s'",
					    keyword_name(instruction->keyword),
					    instruction_shown(arena, word));
	return NULL;
}

static const char *read_form(struct instruction *instruction, struct arena *arena, struct text text)
{
	instruction->form = exec_form_read(NULL, arena, text);
	if (instruction->form == EXEC_MIXED)
		return arena_printf(arena, "the JSON array of %s holds something else than strings",
				    keyword_name(instruction->keyword));
	return NULL;
}

static const char *split_arguments(struct instruction *instruction, struct arena *arena,
				   enum shape shape, char escape)
{
	switch (shape) {
	case SHAPE_HEALTH:
		return read_form(instruction, arena, healthcheck_command(instruction->arguments));
	case SHAPE_LIST:
	case SHAPE_SHELL:
		return read_form(instruction, arena, instruction->arguments);
	case SHAPE_PAIRS:
		if (instruction->keyword == KEYWORD_ARG)
			return NULL;
		return check_pairs(instruction, arena, escape);
	default:
		return NULL;
	}
}

/* All but a trigger. */
static const char *split(struct instruction *instruction, struct extras *extras,
			 struct arena *arena, char escape)
{
	struct text rest = slice_trim(instruction->line), name = { 0 };

	slice_word(&name, &rest);
	flags_read(&extras->flags, arena, &rest, escape);
	instruction->arguments = slice_trim(rest);
	instruction->keyword = find_keyword(arena, name);
	if (!instruction->keyword)
		return NULL;
	return split_arguments(instruction, arena, keywords[instruction->keyword].shape, escape);
}

const char *instruction_split(struct instruction *instruction, struct extras *extras,
			      struct arena *arena, char escape)
{
	const char *error = split(instruction, extras, arena, escape);
	struct extras inner = { 0 };

	if (error || instruction->keyword != KEYWORD_ONBUILD || instruction->arguments.length == 0)
		return error;
	/* ONBUILD ONBUILD is refused anyway: what it would store is not looked at. */
	extras->trigger = arena_new(arena, struct instruction);
	extras->trigger->line = instruction->arguments;
	error = split(extras->trigger, &inner, arena, escape);
	extras->trigger->extras = extras_keep(arena, &inner);
	return error;
}

const struct extras *extras_keep(struct arena *arena, const struct extras *extras)
{
	static const struct extras none;
	struct extras *kept = NULL;

	if (extras->more.count + extras->flags.count + extras->heredocs.count == 0 &&
	    !extras->trigger)
		return &none;
	kept = arena_new(arena, struct extras);
	*kept = *extras;
	return kept;
}

bool instruction_takes_heredocs(const struct instruction *instruction)
{
	if (instruction->extras->trigger)
		instruction = instruction->extras->trigger;
	return keywords[instruction->keyword].takes_heredocs && instruction->form != EXEC_STRINGS;
}

static const char *check_list(const struct instruction *instruction, struct arena *arena,
			      size_t least)
{
	struct texts list = { 0 };
	struct heredoc heredoc = { 0 };

	instruction_list(&list, arena, instruction);
	if (list.count < least)
		return arena_printf(arena, "%s wants at least %zu argument%s",
				    keyword_name(instruction->keyword), least,
				    least == 1 ? "" : "s");
	if (least == 2 && heredoc_parse(&heredoc, arena, list.items[list.count - 1]))
		return arena_printf(arena, "%s cannot write to a heredoc",
				    keyword_name(instruction->keyword));
	if (least == 1)
		vec_each (const struct text *, item, &list)
			if (slice_trim(*item).length == 0)
				return arena_printf(arena, "%s takes no empty argument",
						    keyword_name(instruction->keyword));
	return NULL;
}

static const char *check_names(const struct instruction *instruction, struct arena *arena,
			       char escape)
{
	struct text rest = instruction->arguments, word = { 0 };
	bool is_argument = instruction->keyword == KEYWORD_ARG;

	while (instruction_word(&word, &rest, escape)) {
		if (slice_starts(word, "="))
			return arena_printf(arena, "%s wants a name before '='",
					    keyword_name(instruction->keyword));
		/* "NAME value": what follows is all value. */
		if (!is_argument && slice_find(word, '=') == word.length)
			return NULL;
	}
	return NULL;
}

static bool is_one_of(const struct text *value, const char *const *words)
{
	for (; value && *words; words++)
		if (slice_is(*value, *words))
			return true;
	return !value;
}

static const char *check_run(const struct instruction *instruction, struct arena *arena)
{
	static const char *const networks[] = { "default", "host", "none", NULL };
	static const char *const modes[] = { "insecure", "sandbox", NULL };
	const char *fault = NULL;

	if (!is_one_of(flags_value(&instruction->extras->flags, "network"), networks))
		return "the flag '--network' of RUN takes 'default', 'host' or 'none'";
	if (!is_one_of(flags_value(&instruction->extras->flags, "security"), modes))
		return "the flag '--security' of RUN takes 'insecure' or 'sandbox'";
	vec_each (const struct flag *, flag, &instruction->extras->flags) {
		struct text from = { 0 };

		if (slice_is(flag->name, "mount"))
			fault = mount_from(&from, arena, flag->value);
		else if (slice_is(flag->name, "device"))
			fault = device_check(arena, flag->value);
		if (fault)
			return fault;
	}
	return NULL;
}

static const char *check_shell(const struct instruction *instruction, struct arena *arena)
{
	struct texts strings = { 0 };

	if (instruction->keyword == KEYWORD_RUN)
		return check_run(instruction, arena);
	if (instruction->keyword == KEYWORD_SHELL &&
	    (exec_form_read(&strings, arena, instruction->arguments) != EXEC_STRINGS ||
	     strings.count == 0))
		return "SHELL wants a JSON array of at least one string";
	return NULL;
}

static const char *check_trigger(const struct instruction *instruction, struct arena *arena)
{
	const struct instruction *trigger = instruction->extras->trigger;
	enum keyword keyword = trigger ? trigger->keyword : KEYWORD_NONE;

	if (keyword == KEYWORD_FROM || keyword == KEYWORD_MAINTAINER || keyword == KEYWORD_ONBUILD)
		return arena_printf(arena, "ONBUILD takes no %s", keyword_name(keyword));
	return NULL;
}

static const char *check_shape(const struct instruction *instruction, struct arena *arena,
			       const struct known *keyword, char escape)
{
	switch (keyword->shape) {
	case SHAPE_HEALTH:
		return healthcheck_check(instruction, arena);
	case SHAPE_LIST:
	case SHAPE_WORDS:
		return check_list(instruction, arena, keyword->least);
	case SHAPE_PAIRS:
		return check_names(instruction, arena, escape);
	case SHAPE_SHELL:
		return check_shell(instruction, arena);
	case SHAPE_TRIGGER:
		return check_trigger(instruction, arena);
	default:
		return NULL;
	}
}

const char *instruction_check(const struct instruction *instruction, struct arena *arena,
			      char escape)
{
	const struct known *keyword = &keywords[instruction->keyword];
	struct text rest = slice_trim(instruction->line), name = { 0 };
	const char *fault = NULL;

	if (!instruction->keyword) {
		slice_word(&name, &rest);
		return arena_printf(arena, "there is no instruction '%s'",
				    instruction_shown(arena, name));
	}
	if (keyword->least > 0 && instruction->arguments.length == 0)
		return arena_printf(arena, "%s wants %s", keyword->name,
				    keyword->least > 1 ? "at least 2 arguments" : "an argument");
	if (!keyword->ignores_flags)
		fault = flags_check(&instruction->extras->flags, arena, instruction->keyword);
	return fault ? fault : check_shape(instruction, arena, keyword, escape);
}
