#include "syntax/instruction.h"

#include <string.h>

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

struct keyword {
	const char *name;
	enum shape shape;
	bool takes_heredocs;
	bool ignores_flags; /* whatever they are (BuildKit never parses them) */
	size_t least;       /* arguments it needs */
};

static const struct keyword keywords[] = {
	{ "ADD", SHAPE_LIST, .takes_heredocs = true, .least = 2 },
	{ "ARG", SHAPE_PAIRS, .ignores_flags = true, .least = 1 },
	{ "CMD", SHAPE_SHELL, .least = 0 },
	{ "COPY", SHAPE_LIST, .takes_heredocs = true, .least = 2 },
	{ "ENTRYPOINT", SHAPE_SHELL, .least = 0 },
	{ "ENV", SHAPE_PAIRS, .least = 1 },
	{ "EXPOSE", SHAPE_WORDS, .least = 1 },
	{ "FROM", SHAPE_WORDS, .least = 0 },
	{ "HEALTHCHECK", SHAPE_HEALTH, .ignores_flags = true },
	{ "LABEL", SHAPE_PAIRS, .least = 1 },
	{ "MAINTAINER", SHAPE_TEXT, .least = 1 },
	{ "ONBUILD", SHAPE_TRIGGER, .least = 1 },
	{ "RUN", SHAPE_SHELL, .takes_heredocs = true },
	{ "SHELL", SHAPE_SHELL, .least = 0 },
	{ "STOPSIGNAL", SHAPE_TEXT, .ignores_flags = true, .least = 1 },
	{ "USER", SHAPE_TEXT, .least = 1 },
	{ "VOLUME", SHAPE_LIST, .least = 1 },
	{ "WORKDIR", SHAPE_TEXT, .least = 1 },
};

#define KEYWORD_COUNT (sizeof(keywords) / sizeof(keywords[0]))

static bool has_high_bytes(struct text text)
{
	for (size_t i = 0; i < text.length; i++)
		if ((unsigned char)text.bytes[i] >= 0x80)
			return true;
	return false;
}

static const struct keyword *find_keyword(struct arena *arena, struct text name)
{
	/* Go's lower case makes an ASCII letter of a few signs. */
	if (has_high_bytes(name)) {
		const char *lower = slice_lower(arena, name);

		name = (struct text){ lower, strlen(lower) };
	}
	for (size_t i = 0; i < KEYWORD_COUNT; i++)
		if (slice_is_like(name, keywords[i].name))
			return &keywords[i];
	return NULL;
}

static const struct keyword *keyword_of(const struct instruction *instruction)
{
	for (size_t i = 0; i < KEYWORD_COUNT; i++)
		if (keywords[i].name == instruction->keyword)
			return &keywords[i];
	return NULL;
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

void instruction_words(struct texts *words, struct arena *arena, struct text text, char escape)
{
	for (text = slice_trim_start(text); text.length; text = slice_trim_start(text)) {
		size_t length = 0;
		size_t end = word_end(text, escape, &length);

		if (length > 0)
			*vec_add(arena, words) = slice_upto(text, length);
		text = slice_from(text, end);
	}
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
	struct texts words = { 0 };
	struct text rest = instruction->arguments, name = { 0 };

	instruction_words(&words, arena, rest, escape);
	if (words.count == 0)
		return NULL;
	if (slice_find(words.items[0], '=') == words.items[0].length) {
		slice_word(&name, &rest);
		if (rest.length > 0)
			return NULL;
		return arena_printf(arena, "%s wants a value behind '%s'", instruction->keyword,
				    instruction_shown(arena, name));
	}
	vec_each (const struct text *, word, &words)
		if (slice_find(*word, '=') == word->length)
			return arena_printf(arena, "%s wants name=value in place of '%s'",
					    instruction->keyword, instruction_shown(arena, *word));
	return NULL;
}

static const char *read_form(struct instruction *instruction, struct arena *arena, struct text text)
{
	struct texts strings = { 0 };

	instruction->form = exec_form_read(&strings, arena, text);
	if (instruction->form == EXEC_MIXED)
		return arena_printf(arena, "the JSON array of %s holds something else than strings",
				    instruction->keyword);
	return NULL;
}

static const char *split_trigger(struct instruction *instruction, struct arena *arena, char escape)
{
	struct instruction *trigger = NULL;

	if (instruction->arguments.length == 0)
		return NULL;
	trigger = arena_new(arena, struct instruction);
	trigger->line = instruction->arguments;
	instruction->trigger = trigger;
	return instruction_split(trigger, arena, escape);
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
		if (strcmp(instruction->keyword, "ARG") == 0)
			return NULL;
		return check_pairs(instruction, arena, escape);
	case SHAPE_TRIGGER:
		return split_trigger(instruction, arena, escape);
	default:
		return NULL;
	}
}

const char *instruction_split(struct instruction *instruction, struct arena *arena, char escape)
{
	struct text rest = slice_trim(instruction->line);
	const struct keyword *keyword = NULL;

	slice_word(&instruction->name, &rest);
	flags_read(&instruction->flags, arena, &rest);
	instruction->arguments = slice_trim(rest);
	keyword = find_keyword(arena, instruction->name);
	if (!keyword)
		return NULL;
	instruction->keyword = keyword->name;
	/* ONBUILD ONBUILD is refused anyway, and might be stacked without end. */
	if (keyword->shape == SHAPE_TRIGGER && instruction->start_line == 0)
		return NULL;
	return split_arguments(instruction, arena, keyword->shape, escape);
}

bool instruction_takes_heredocs(const struct instruction *instruction)
{
	const struct keyword *keyword = NULL;

	if (instruction->trigger)
		instruction = instruction->trigger;
	keyword = keyword_of(instruction);
	return keyword && keyword->takes_heredocs && instruction->form != EXEC_STRINGS;
}

static const char *check_list(const struct instruction *instruction, struct arena *arena,
			      size_t least)
{
	struct texts list = { 0 };
	struct heredoc heredoc = { 0 };

	instruction_list(&list, arena, instruction);
	if (list.count < least)
		return arena_printf(arena, "%s wants at least %zu argument%s", instruction->keyword,
				    least, least == 1 ? "" : "s");
	if (least == 2 && heredoc_parse(&heredoc, arena, list.items[list.count - 1]))
		return arena_printf(arena, "%s cannot write to a heredoc", instruction->keyword);
	if (least == 1)
		vec_each (const struct text *, item, &list)
			if (slice_trim(*item).length == 0)
				return arena_printf(arena, "%s takes no empty argument",
						    instruction->keyword);
	return NULL;
}

static const char *check_names(const struct instruction *instruction, struct arena *arena,
			       char escape)
{
	struct texts words = { 0 };

	instruction_words(&words, arena, instruction->arguments, escape);
	vec_each (const struct text *, word, &words)
		if (slice_starts(*word, "="))
			return arena_printf(arena, "%s wants a name before '='",
					    instruction->keyword);
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

	if (!is_one_of(flags_value(&instruction->flags, "network"), networks))
		return "the flag '--network' of RUN takes 'default', 'host' or 'none'";
	if (!is_one_of(flags_value(&instruction->flags, "security"), modes))
		return "the flag '--security' of RUN takes 'insecure' or 'sandbox'";
	vec_each (const struct flag *, flag, &instruction->flags) {
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

	if (strcmp(instruction->keyword, "RUN") == 0)
		return check_run(instruction, arena);
	if (strcmp(instruction->keyword, "SHELL") == 0 &&
	    (exec_form_read(&strings, arena, instruction->arguments) != EXEC_STRINGS ||
	     strings.count == 0))
		return "SHELL wants a JSON array of at least one string";
	return NULL;
}

static const char *check_trigger(const struct instruction *instruction, struct arena *arena)
{
	static const char *const refused[] = { "FROM", "MAINTAINER", "ONBUILD" };
	const char *keyword = instruction->trigger ? instruction->trigger->keyword : NULL;

	for (size_t i = 0; keyword && i < sizeof(refused) / sizeof(refused[0]); i++)
		if (strcmp(keyword, refused[i]) == 0)
			return arena_printf(arena, "ONBUILD takes no %s", keyword);
	return NULL;
}

static const char *check_shape(const struct instruction *instruction, struct arena *arena,
			       const struct keyword *keyword, char escape)
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
	const struct keyword *keyword = keyword_of(instruction);
	const char *fault = NULL;

	if (!keyword)
		return arena_printf(arena, "there is no instruction '%s'",
				    instruction_shown(arena, instruction->name));
	if (keyword->least > 0 && instruction->arguments.length == 0)
		return arena_printf(arena, "%s wants %s", keyword->name,
				    keyword->least > 1 ? "at least 2 arguments" : "an argument");
	if (!keyword->ignores_flags)
		fault = flags_check(&instruction->flags, arena, keyword->name);
	return fault ? fault : check_shape(instruction, arena, keyword, escape);
}
