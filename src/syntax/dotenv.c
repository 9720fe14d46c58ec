#include "syntax/dotenv.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"

struct reading {
	struct dotenv *file;
	struct arena *arena;
	template_lookup *lookup;
	void *variables;
	const char *start, *at, *stop;
};

static bool is_space(char character)
{
	return character && strchr(" \t\v\f\r", character);
}

static bool is_key(char character)
{
	return (unsigned char)character >= 0x80 || (character >= 'a' && character <= 'z') ||
	       (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9') ||
	       (character && strchr("_.-[]", character));
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
	while (reading->at < reading->stop && is_space(*reading->at))
		reading->at++;
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
		if (*reading->at == '#')
			skip_line(reading);
		else if (*reading->at == '\n' || is_space(*reading->at))
			reading->at++;
		else
			return true;
	}
	return false;
}

static void skip_export(struct reading *reading)
{
	if ((size_t)(reading->stop - reading->at) > 6 && memcmp(reading->at, "export", 6) == 0 &&
	    (is_space(reading->at[6]) || reading->at[6] == '\n')) {
		reading->at += 6;
		skip_spaces(reading);
	}
}

/* The key, its terminator stepped over; *valued: a value follows. NULL: refused. */
static const char *read_key(struct reading *reading, bool *valued)
{
	const char *start = reading->at, *end = NULL;

	*valued = false;
	while (reading->at < reading->stop && !strchr("=:\n", *reading->at)) {
		if (!is_space(*reading->at) && !is_key(*reading->at)) {
			refuse(reading, "unexpected character in the name of a variable");
			return NULL;
		}
		reading->at++;
	}
	end = reading->at;
	if (reading->at < reading->stop)
		*valued = *reading->at++ != '\n';
	while (end > start && is_space(end[-1]))
		end--;
	if (memchr(start, ' ', (size_t)(end - start))) {
		refuse(reading, "the name of a variable holds a space");
		return NULL;
	}
	return arena_copy(reading->arena, start, (size_t)(end - start));
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

	if (expanded)
		value = template_expand(reading->arena, text, find, reading);
	if (value.error)
		return refuse(reading, value.error);
	map_put(&reading->file->values, reading->arena, key,
		value.unresolved ? (void *)(uintptr_t)template_unknown
				 : arena_string(reading->arena, value.text));
	return true;
}

static bool read_plain(struct reading *reading, const char *key)
{
	const char *start = reading->at, *end = NULL, *comment = NULL;

	skip_line(reading);
	end = reading->at;
	comment = memmem(start, (size_t)(end - start), " #", 2);
	if (comment)
		end = comment;
	while (end > start && (is_space(end[-1]) || end[-1] == '\n'))
		end--;
	return keep(reading, key, arena_copy(reading->arena, start, (size_t)(end - start)), true);
}

/* \0 and up to three octal digits; how many characters they take. */
static size_t read_octal(struct buf *out, const char *at)
{
	size_t length = 1;
	unsigned value = 0;

	while (length < 4 && at[length] >= '0' && at[length] <= '7')
		value = value * 8 + (unsigned)(at[length++] - '0');
	if (length == 4 && value > 0 && value < 0x80)
		buf_addc(out, (char)value);
	else
		buf_addf(out, "\\%.*s", (int)length, at);
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
			text += 1 + read_octal(&out, text + 1);
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
		if (*reading->at != '\r' || reading->at[1] != '\n')
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
	if (text.length >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0)
		reading.at += 3;
	while (next_statement(&reading))
		if (!read_statement(&reading))
			return;
}
