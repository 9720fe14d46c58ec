#include "syntax/healthcheck.h"

#include <limits.h>
#include <string.h>

#include "syntax/slice.h"

#define MIN_DURATION 1e-3         /* seconds, unless it is 0 */
#define MAX_DURATION 9223372036.8 /* seconds that Go's time.Duration can hold */

static const struct {
	const char *name;
	double seconds;
} units[] = {
	{ "h", 3600 }, { "ms", 1e-3 }, { "m", 60 },           { "ns", 1e-9 },
	{ "s", 1 },    { "us", 1e-6 }, { "\xC2\xB5s", 1e-6 }, { "\xCE\xBCs", 1e-6 },
};

static const char *const durations[] = { "interval", "start-interval", "start-period", "timeout" };

/* Bytes are asked, as the builder does. */
static bool is_space(char byte)
{
	return (byte >= '\t' && byte <= '\r') || byte == ' ' || byte == '\x85' || byte == '\xA0';
}

static size_t type_length(struct text arguments)
{
	size_t length = 0;

	while (length < arguments.length && !is_space(arguments.bytes[length]))
		length++;
	return length;
}

struct text healthcheck_command(struct text arguments)
{
	size_t at = type_length(arguments);

	while (at < arguments.length && is_space(arguments.bytes[at]))
		at++;
	return slice_from(arguments, at);
}

static bool read_number(double *number, struct text *rest)
{
	double place = 0;
	size_t digits = 0;

	*number = 0;
	for (; rest->length; *rest = slice_from(*rest, 1)) {
		char byte = *rest->bytes;

		if (byte == '.' && place == 0) {
			place = 1;
			continue;
		}
		if (byte < '0' || byte > '9')
			break;
		digits++;
		if (place != 0)
			*number += (byte - '0') * (place /= 10);
		else
			*number = *number * 10 + (byte - '0');
	}
	return digits > 0;
}

static bool read_unit(double *seconds, struct text *rest)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (slice_starts(*rest, units[i].name)) {
			*seconds = units[i].seconds;
			*rest = slice_from(*rest, strlen(units[i].name));
			return true;
		}
	return false;
}

/* time.ParseDuration: "1h30m", "1.5s", "0". */
static bool read_duration(double *seconds, struct text text)
{
	double number = 0, unit = 0;
	bool negative = slice_starts(text, "-");

	*seconds = 0;
	if (negative || slice_starts(text, "+"))
		text = slice_from(text, 1);
	if (slice_is(text, "0"))
		return true;
	do {
		if (!read_number(&number, &text) || !read_unit(&unit, &text))
			return false;
		*seconds += number * unit;
	} while (text.length > 0);
	if (negative)
		*seconds = -*seconds;
	return *seconds < MAX_DURATION;
}

static const char *check_durations(const struct flags *flags, struct arena *arena)
{
	for (size_t i = 0; i < sizeof(durations) / sizeof(durations[0]); i++) {
		const struct text *value = flags_value(flags, durations[i]);
		double seconds = 0;

		if (!value || value->length == 0)
			continue;
		if (!read_duration(&seconds, *value))
			return arena_printf(arena, "'%s' is no duration for '--%s'",
					    instruction_shown(arena, *value), durations[i]);
		if (seconds != 0 && seconds < MIN_DURATION)
			return arena_printf(arena, "'--%s' is shorter than one millisecond",
					    durations[i]);
	}
	return NULL;
}

static const char *check_retries(const struct text *value)
{
	long number = 0;
	size_t at = 0;

	if (!value || value->length == 0)
		return NULL;
	at = *value->bytes == '+';
	if (at == value->length)
		return "'--retries' takes a number";
	for (; at < value->length; at++) {
		if (value->bytes[at] < '0' || value->bytes[at] > '9')
			return "'--retries' takes a number that is not negative";
		number = number * 10 + (value->bytes[at] - '0');
		if (number > INT_MAX)
			return "'--retries' is too large";
	}
	return NULL;
}

static bool has_command(const struct instruction *instruction, struct arena *arena)
{
	struct text command = healthcheck_command(instruction->arguments);
	struct texts strings = { 0 };

	if (instruction->form != EXEC_STRINGS)
		return command.length > 0;
	exec_form_read(&strings, arena, command);
	return strings.count > 0;
}

const char *healthcheck_check(const struct instruction *instruction, struct arena *arena)
{
	struct text type = slice_upto(instruction->arguments, type_length(instruction->arguments));
	const char *fault = NULL;

	if (type.length == 0)
		return "HEALTHCHECK wants CMD or NONE";
	if (slice_is_like(type, "NONE")) {
		if (has_command(instruction, arena))
			return "HEALTHCHECK NONE takes no argument";
		return NULL;
	}
	fault = flags_check(&instruction->extras->flags, arena, instruction->keyword);
	if (fault)
		return fault;
	if (!slice_is_like(type, "CMD"))
		return "HEALTHCHECK wants CMD or NONE";
	if (!has_command(instruction, arena))
		return "HEALTHCHECK CMD wants a command";
	fault = check_durations(&instruction->extras->flags, arena);
	return fault ? fault : check_retries(flags_value(&instruction->extras->flags, "retries"));
}
