#include "syntax/dotenv.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "syntax/slice.h"

#define KEEPING 64 /* bytes that keep a variable, beside its name and value */

struct reading {
	struct dotenv *file;
	struct arena *arena;
	template_lookup *lookup;
	void *variables;
	const char *start, *at, *stop;
};

/* What is not read yet. */
static struct text rest_of(const struct reading *reading)
{
	return (struct text){ reading->at, (size_t)(reading->stop - reading->at) };
}

/* How many bytes the blank here takes: of one or two, and no end of a line; 0: there is none. */
static size_t blank_length(const struct reading *reading)
{
	struct text rest = rest_of(reading);
	size_t length = slice_space(rest.bytes, rest.length);

	return length <= 2 && length > 0 && *rest.bytes != '\n' ? length : 0;
}

/* The same of a character that the name of a variable can have. */
static size_t key_length(const struct reading *reading)
{
	struct text rest = rest_of(reading);
	size_t length = slice_letter(rest.bytes, rest.length);

	if (*rest.bytes && strchr("_.-[]", *rest.bytes))
		return 1;
	return length ? length : slice_number(rest.bytes, rest.length);
}

static bool refuse(struct reading *reading, const char *message)
{
	struct text text = { reading->start, (size_t)(reading->stop - reading->start) };

	reading->file->error = message;
	reading->file->line = text_line_at(text, (size_t)(reading->at - reading->start));
	return false;
}

static void skip_spaces(struct reading *reading)
{
	size_t length = 0;

	while ((length = blank_length(reading)))
		reading->at += length;
}

static void skip_line(struct reading *reading)
{
	const char *end = memchr(reading->at, '\n', (size_t)(reading->stop - reading->at));

	reading->at = end ? end + 1 : reading->stop;
}

/* To the next statement; false at the end. */
static bool next_statement(struct reading *reading)
{
	while (reading->at < reading->stop) {
		reading->at = slice_trim_start(rest_of(reading)).bytes;
		if (reading->at == reading->stop || *reading->at != '#')
			break;
		skip_line(reading);
	}
	return reading->at < reading->stop;
}

static void skip_export(struct reading *reading)
{
	struct text rest = rest_of(reading);

	if (slice_starts(rest, "export") && rest.length > 6 && strchr(" \t\n\f\r", rest.bytes[6])) {
		reading->at += 6;
		skip_spaces(reading);
	}
}

/* The key, its terminator stepped over; *valued: a value follows. NULL: refused. */
static const char *read_key(struct reading *reading, bool *valued)
{
	struct text key = rest_of(reading);
	size_t length = 0;

	*valued = false;
	while (reading->at < reading->stop && !strchr("=:\n", *reading->at)) {
		length = blank_length(reading);
		length = length ? length : key_length(reading);
		if (length == 0) {
			refuse(reading, "unexpected character in the name of a variable");
			return NULL;
		}
		reading->at += length;
	}
	key = slice_trim_end(slice_upto(key, (size_t)(reading->at - key.bytes)));
	if (reading->at < reading->stop)
		*valued = *reading->at++ != '\n';
	if (slice_find(key, ' ') < key.length) {
		reading->at = key.bytes;
		refuse(reading, "the name of a variable holds a space");
		return NULL;
	}
	return slice_string(reading->arena, key);
}

static const char *find(void *from, const char *name)
{
	struct reading *reading = from;
	const char *value = reading->lookup(reading->variables, name);

	return value ? value : map_get(&reading->file->values, name);
}

/* What a value will be whose variables have none is not known here. */
static bool keep(struct reading *reading, const char *key, const char *text, bool expanded)
{
	struct template value = { .text = text };
	struct dotenv *file = reading->file;

	if (expanded)
		value = template_expand(reading->arena, text, find, reading);
	if (value.error)
		return refuse(reading, value.error);
	file->size += strlen(key) + strlen(value.text) + KEEPING;
	if (file->size > MAX_DOTENV_SIZE)
		return refuse(reading, "with all its variables it takes more than 16 MiB");
	map_put(&file->values, reading->arena, key,
		value.unresolved ? (void *)(uintptr_t)template_unknown
				 : arena_string(reading->arena, value.text));
	return true;
}

static bool read_plain(struct reading *reading, const char *key)
{
	struct text rest = rest_of(reading), value = { 0 };
	const char *comment = NULL;

	(void)slice_line(&value, &rest);
	comment = memmem(value.bytes, value.length, " #", 2);
	if (comment)
		value = slice_upto(value, (size_t)(comment - value.bytes));
	if (!keep(reading, key, slice_string(reading->arena, slice_trim_end(value)), true))
		return false;
	skip_line(reading);
	return true;
}

/*
 * What follows "\0": three octal digits are a character up to U+00FF; of what they are not, and of
 * fewer digits, the zero is dropped. How many characters they take.
 */
static size_t read_octal(struct buf *out, const char *at)
{
	size_t length = 0;
	unsigned value = 0;

	while (length < 3 && at[length] >= '0' && at[length] <= '7')
		value = value * 8 + (unsigned)(at[length++] - '0');
	if (length < 3 || value == 0 || value > 0xFF) {
		buf_addf(out, "\\%.*s", (int)length, at);
	} else if (value < 0x80) {
		buf_addc(out, (char)value);
	} else {
		buf_addc(out, (char)(0xC0 | value >> 6));
		buf_addc(out, (char)(0x80 | (value & 0x3F)));
	}
	return length;
}

/* Undo the escapes of a double-quoted value; "\$" becomes "$$", the dollar that stays one. */
static const char *unescape(struct reading *reading, const char *text)
{
	static const char from[] = "abfnrtv\"\\", to[] = "\a\b\f\n\r\t\v\"\\";
	struct buf out = { 0 };
	const char *known = NULL, *result = NULL;

	while (*text) {
		known = text[0] == '\\' && text[1] ? strchr(from, text[1]) : NULL;
		if (known) {
			buf_addc(&out, to[known - from]);
			text += 2;
		} else if (text[0] == '\\' && text[1] == '$') {
			buf_add(&out, "$$");
			text += 2;
		} else if (text[0] == '\\' && text[1] == '0') {
			text += 2 + read_octal(&out, text + 2);
		} else {
			buf_addc(&out, *text++);
		}
	}
	result = arena_copy(reading->arena, buf_text(&out), out.length);
	buf_release(&out);
	return result;
}

static bool read_quoted(struct reading *reading, const char *key)
{
	char quote = *reading->at;
	const char *start = reading->at, *text = NULL;
	struct buf out = { 0 };

	for (reading->at++; reading->at < reading->stop && *reading->at != quote; reading->at++) {
		if (*reading->at == '\\' && reading->at + 1 < reading->stop) {
			reading->at++;
			if (*reading->at != quote)
				buf_addc(&out, '\\');
		}
		buf_addc(&out, *reading->at);
	}
	text = arena_copy(reading->arena, buf_text(&out), out.length);
	buf_release(&out);
	if (reading->at >= reading->stop) {
		reading->at = start;
		return refuse(reading, "a quote is not closed");
	}
	reading->at++;
	return keep(reading, key, quote == '"' ? unescape(reading, text) : text, quote == '"');
}

static bool read_statement(struct reading *reading)
{
	const char *key = NULL;
	bool valued = false;

	skip_export(reading);
	key = read_key(reading, &valued);
	if (!key)
		return false;
	/* A name alone takes its value from the environment, which is not read here. */
	if (!valued)
		return true;
	skip_spaces(reading);
	if (reading->at < reading->stop && (*reading->at == '"' || *reading->at == '\''))
		return read_quoted(reading, key);
	return read_plain(reading, key);
}

void dotenv_read(struct dotenv *file, struct arena *arena, struct text text,
		 template_lookup *lookup, void *variables)
{
	struct reading reading = {
		file, arena, lookup, variables, text.bytes, text.bytes, text.bytes + text.length
	};

	if (memchr(text.bytes, '\0', text.length)) {
		file->error = "holds a NUL character";
		return;
	}
	reading.at = slice_skip_mark(text).bytes;
	while (next_statement(&reading))
		if (!read_statement(&reading))
			return;
}
