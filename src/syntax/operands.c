#include "syntax/operands.h"

#include <string.h>

#include "base/limits.h"
#include "syntax/expansion.h"
#include "syntax/mount.h"
#include "syntax/port.h"
#include "syntax/slice.h"

#define DIGITS "0123456789"

/* The word without its quotes; false: variables may decide what it is. */
static bool is_fixed(struct text *value, struct words *words, struct text word)
{
	return slice_find(word, '$') == word.length && words_expand(words, value, word);
}

static bool is_one_of(struct text value, const char *const *names)
{
	for (; *names; names++)
		if (slice_is_like(value, *names))
			return true;
	return false;
}

/* A word may be several ports: white space that does not part words parts them once it is read. */
static const char *fault_of_word(struct words *words, struct text word)
{
	struct texts ports = { 0 };
	const char *fault = NULL;

	if (slice_find(word, '$') < word.length || !words_split(words, &ports, word))
		return NULL;
	vec_each (const struct text *, port, &ports)
		fault = fault ? fault : port_fault(words->arena, *port);
	return fault;
}

static const char *fault_of_ports(struct words *words, const struct instruction *instruction)
{
	struct texts list = { 0 };
	const char *fault = NULL;

	instruction_list(&list, words->arena, instruction);
	vec_each (const struct text *, word, &list)
		fault = fault ? fault : fault_of_word(words, *word);
	return fault;
}

/* The names that Linux has (moby/sys/signal), "SIG" taken off. */
static bool is_signal_name(struct text name)
{
	static const char *const names[] = {
		"ABRT",     "ALRM",     "BUS",      "CHLD",     "CLD",      "CONT",     "FPE",
		"HUP",      "ILL",      "INT",      "IO",       "IOT",      "KILL",     "PIPE",
		"POLL",     "PROF",     "PWR",      "QUIT",     "SEGV",     "STKFLT",   "STOP",
		"SYS",      "TERM",     "TRAP",     "TSTP",     "TTIN",     "TTOU",     "URG",
		"USR1",     "USR2",     "VTALRM",   "WINCH",    "XCPU",     "XFSZ",     "RTMIN",
		"RTMIN+1",  "RTMIN+2",  "RTMIN+3",  "RTMIN+4",  "RTMIN+5",  "RTMIN+6",  "RTMIN+7",
		"RTMIN+8",  "RTMIN+9",  "RTMIN+10", "RTMIN+11", "RTMIN+12", "RTMIN+13", "RTMIN+14",
		"RTMIN+15", "RTMAX-14", "RTMAX-13", "RTMAX-12", "RTMAX-11", "RTMAX-10", "RTMAX-9",
		"RTMAX-8",  "RTMAX-7",  "RTMAX-6",  "RTMAX-5",  "RTMAX-4",  "RTMAX-3",  "RTMAX-2",
		"RTMAX-1",  "RTMAX",    NULL
	};

	return is_one_of(name, names);
}

static const char *fault_of_signal(struct words *words, const struct instruction *instruction)
{
	struct text value = { 0 }, digits = { 0 };
	bool is_valid = false;

	if (!is_fixed(&value, words, instruction->arguments))
		return NULL;
	digits = slice_from(value, slice_starts(value, "+") || slice_starts(value, "-"));
	if (digits.length > 0 && slice_is_made_of(digits, DIGITS))
		is_valid = !slice_is_made_of(digits, "0"); /* any other number */
	else if (value.length >= 3 && slice_is_like(slice_upto(value, 3), "SIG"))
		is_valid = is_signal_name(slice_from(value, 3));
	else
		is_valid = is_signal_name(value);
	return is_valid ? NULL
			: arena_printf(words->arena, "'%s' is no signal",
				       instruction_shown(words->arena, value));
}

static const char *fault_of_volumes(struct words *words, const struct instruction *instruction)
{
	struct texts list = { 0 };
	struct text value = { 0 };

	instruction_list(&list, words->arena, instruction);
	vec_each (const struct text *, word, &list)
		if (is_fixed(&value, words, *word) && value.length == 0)
			return "VOLUME takes no empty argument";
	return NULL;
}

static bool is_url(struct text text)
{
	return slice_starts(text, "http://") || slice_starts(text, "https://");
}

/* "755" */
static bool is_octal_mode(struct text digits)
{
	while (slice_starts(digits, "0"))
		digits = slice_from(digits, 1);
	return digits.length <= 4 && slice_is_made_of(digits, "01234567");
}

/* "u=rwX" */
static bool is_letter_mode(struct text mode)
{
	while (mode.length > 0 && slice_is_made_of(slice_upto(mode, 1), "ugoa"))
		mode = slice_from(mode, 1);
	return mode.length > 0 && slice_is_made_of(slice_upto(mode, 1), "+-=") &&
	       slice_is_made_of(mode, "+-=rwxXstugo");
}

/* "u=rwX,go-w" */
static bool is_symbolic_mode(struct text mode)
{
	bool is_valid = true, more = true;

	while (is_valid && more) {
		size_t end = slice_find(mode, ',');

		is_valid = is_letter_mode(slice_upto(mode, end));
		more = end < mode.length;
		mode = slice_from(mode, end + more);
	}
	return is_valid;
}

static const char *fault_of_mode(struct words *words, const struct instruction *instruction)
{
	const struct text *mode = flags_value(&instruction->extras->flags, "chmod");
	struct text value = { 0 };
	bool is_valid = false;

	if (!mode || !is_fixed(&value, words, *mode) || value.length == 0)
		return NULL;
	is_valid = slice_is_made_of(slice_upto(value, 1), DIGITS) ? is_octal_mode(value)
								  : is_symbolic_mode(value);
	return is_valid ? NULL
			: arena_printf(words->arena, "'%s' is no mode of files",
				       instruction_shown(words->arena, *mode));
}

/* Of a file, by one of the algorithms that the builder knows. */
static bool is_digest(struct text text)
{
	static const struct {
		const char *name;
		size_t digits;
	} algorithms[] = { { "sha256:", 64 }, { "sha384:", 96 }, { "sha512:", 128 } };

	for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
		size_t length = strlen(algorithms[i].name);

		if (slice_starts(text, algorithms[i].name))
			return text.length == length + algorithms[i].digits &&
			       slice_is_made_of(slice_from(text, length), DIGITS "abcdef");
	}
	return false;
}

/* A source of Git has another checksum. */
static const char *fault_of_add(struct words *words, const struct instruction *instruction)
{
	const struct text *sum = flags_value(&instruction->extras->flags, "checksum");
	struct texts list = { 0 };
	struct text source = { 0 };

	if (!sum || sum->length == 0 || slice_find(*sum, '$') < sum->length)
		return fault_of_mode(words, instruction);
	instruction_list(&list, words->arena, instruction);
	if (list.count > 2)
		return "the flag '--checksum' of ADD is for one source";
	if (!is_fixed(&source, words, list.items[0]))
		return NULL;
	if (slice_find(source, ':') == source.length && !slice_starts(source, "github.com/"))
		return "the flag '--checksum' of ADD wants a URL for a source";
	if (is_url(source) && !strstr(source.bytes, ".git") && !is_digest(*sum))
		return arena_printf(words->arena, "'%s' is no checksum",
				    instruction_shown(words->arena, *sum));
	return fault_of_mode(words, instruction);
}

/* The last of the words is where it all goes. */
static const char *fault_of_copy(struct words *words, const struct instruction *instruction)
{
	struct texts list = { 0 };
	const char *fault = fault_of_mode(words, instruction);

	/* Most sources are no URL at first sight. */
	if (fault || slice_find(instruction->arguments, ':') == instruction->arguments.length)
		return fault;
	instruction_list(&list, words->arena, instruction);
	for (size_t i = 0; i + 1 < list.count; i++) {
		struct text source = { 0 };

		if (is_fixed(&source, words, list.items[i]) && is_url(source))
			return arena_printf(words->arena, "COPY takes no URL, and '%s' is one",
					    instruction_shown(words->arena, source));
	}
	return NULL;
}

static const char *fault_of_mounts(struct words *words, const struct instruction *instruction)
{
	const char *fault = NULL;

	vec_each (const struct flag *, flag, &instruction->extras->flags)
		if (!fault && slice_is(flag->name, "mount"))
			fault = mount_fault(words, flag->value);
	return fault;
}

const char *operands_fault(const struct instruction *instruction, struct arena *arena, char escape)
{
	static const struct {
		enum keyword keyword;
		const char *(*fault)(struct words *, const struct instruction *);
	} checks[] = {
		{ KEYWORD_ADD, fault_of_add },           { KEYWORD_COPY, fault_of_copy },
		{ KEYWORD_EXPOSE, fault_of_ports },      { KEYWORD_RUN, fault_of_mounts },
		{ KEYWORD_STOPSIGNAL, fault_of_signal }, { KEYWORD_VOLUME, fault_of_volumes },
	};
	struct words words = { .arena = arena, .escape = escape, .limit = MAX_EXPANSION };

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (instruction->keyword == checks[i].keyword)
			/* cppcheck-suppress returnDanglingLifetime ; a fault is in the arena */
			return checks[i].fault(&words, instruction);
	return NULL;
}
