#include "syntax/yaml_cursor.h"

#include <string.h>

#include "syntax/slice.h"

bool yaml_is_blank(char character)
{
	return character == ' ' || character == '\n' || character == '\0';
}

bool yaml_is_ended(const struct yaml_cursor *cursor)
{
	return cursor->bytes[cursor->at] == '\0';
}

unsigned yaml_column(const struct yaml_cursor *cursor)
{
	return cursor->at - cursor->line;
}

/* Does what stands here begin an item of a list? */
bool yaml_is_item(const struct yaml_cursor *cursor)
{
	return cursor->bytes[cursor->at] == '-' && yaml_is_blank(cursor->bytes[cursor->at + 1]);
}

/* Does a line begin here that separates documents? */
static bool is_separator(const struct yaml_cursor *cursor)
{
	const char *at = cursor->bytes + cursor->at;

	return yaml_column(cursor) == 0 &&
	       (strncmp(at, "---", 3) == 0 || strncmp(at, "...", 3) == 0);
}

void yaml_skip_blanks(struct yaml_cursor *cursor)
{
	while (cursor->bytes[cursor->at] == ' ')
		cursor->at++;
}

/* Is there nothing more on the line but blanks, which are stepped over, and a comment? */
bool yaml_is_line_over(struct yaml_cursor *cursor)
{
	const char *bytes = cursor->bytes;

	yaml_skip_blanks(cursor);
	return bytes[cursor->at] == '\n' || bytes[cursor->at] == '\0' ||
	       (bytes[cursor->at] == '#' &&
		(yaml_column(cursor) == 0 || bytes[cursor->at - 1] == ' '));
}

/* Step over blanks, comments and the ends of lines. */
void yaml_skip_lines(struct yaml_cursor *cursor)
{
	const char *bytes = cursor->bytes;

	while (yaml_is_line_over(cursor) && bytes[cursor->at]) {
		const char *end =
			memchr(bytes + cursor->at, '\n', cursor->tree->text.length - cursor->at);

		if (!end) {
			cursor->at = (unsigned)cursor->tree->text.length;
			return;
		}
		cursor->at = cursor->line = (unsigned)(end + 1 - bytes);
	}
}

/* What follows stands on a line of its own, and no deeper than what it would else continue. */
bool yaml_end_line(struct yaml_cursor *cursor, unsigned column)
{
	if (!yaml_is_line_over(cursor))
		return false;
	yaml_skip_lines(cursor);
	return yaml_is_ended(cursor) || yaml_column(cursor) <= column;
}

/* A word without quotes may begin with some of the characters that mean something elsewhere. */
static bool begins_word(const struct yaml_cursor *cursor)
{
	const char *at = cursor->bytes + cursor->at;

	if (*at == '-')
		return !yaml_is_blank(at[1]) && !strchr(",[]{}", at[1]) && !is_separator(cursor);
	return !yaml_is_blank(*at) && !strchr("?:,[]{}#&*!|>'\"%@`", *at) && !is_separator(cursor);
}

/* Where a word goes on behind blanks, or where they begin if it does not. */
static const char *skip_gap(const char *at, bool in_brackets)
{
	const char *behind = at + strspn(at, " ");

	if (yaml_is_blank(*behind) || *behind == '#' ||
	    (*behind == ':' && yaml_is_blank(behind[1])) || (in_brackets && strchr(",]}", *behind)))
		return at;
	return behind;
}

/* Is it, in brackets, of those with which libyaml does one thing and go-yaml another? */
static bool is_doubtful(const char *at)
{
	return strchr("[{?", *at) || (*at == ':' && strchr(",[]{}?", at[1]));
}

/* Up to the end of the line, a comment or a colon; in brackets also up to a comma or a bracket. */
static bool take_word(struct yaml_cursor *cursor, struct yaml_event *event, bool in_brackets)
{
	const char *start = cursor->bytes + cursor->at, *at = start;

	if (!begins_word(cursor))
		return false;
	for (;;) {
		at += strcspn(at, in_brackets ? " \n:,]}[{?" : " \n:");
		if (*at == ' ') {
			const char *behind = skip_gap(at, in_brackets);

			if (behind == at)
				break;
			at = behind;
		} else if (*at != ':' || yaml_is_blank(at[1])) {
			break;
		} else if (in_brackets && is_doubtful(at)) {
			return false;
		} else {
			at++;
		}
	}
	event->plain = true;
	event->value = start;
	event->length = (unsigned)(at - start);
	cursor->at += event->length;
	return !in_brackets || !*at || !is_doubtful(at);
}

/* What a backslash and a character stand for. 0: it is not for us. */
static char escaped(char character)
{
	static const char names[] = "\"\\/nt", values[] = "\"\\/\n\t";
	const char *name = character ? strchr(names, character) : NULL;

	return name ? values[name - names] : '\0';
}

/* The quote that ends what begins here, on the same line. NULL: there is none. */
static const char *find_end(const char *at, char quote)
{
	const char *stops = quote == '"' ? "\"\\\n" : "'\n";

	for (at += strcspn(at, stops); *at && *at != '\n'; at += strcspn(at, stops)) {
		if (*at == quote && (quote == '"' || at[1] != quote))
			return at;
		if (!at[1])
			return NULL;
		at += 2;
	}
	return NULL;
}

/* Undo what stands between quotes, where some characters are written with two: bytes of value, or
 * 0 if some are not for us. */
static unsigned undo_quotes(char *value, struct text quoted, char quote)
{
	unsigned length = 0;

	for (size_t i = 0; i < quoted.length; i++) {
		char character = quoted.bytes[i];

		if (character == quote)
			i++;
		else if (quote == '"' && character == '\\' &&
			 !(character = escaped(quoted.bytes[++i])))
			return 0;
		value[length++] = character;
	}
	return length;
}

/* Up to the quote that ends it. */
static bool take_quoted(struct yaml_cursor *cursor, struct yaml_event *event)
{
	const char *start = cursor->bytes + cursor->at + 1, *end = NULL;
	char quote = start[-1], *value = NULL;

	end = find_end(start, quote);
	if (!end)
		return false;
	event->plain = false;
	event->value = start;
	event->length = (unsigned)(end - start);
	cursor->at += event->length + 2;
	if (!memchr(start, quote == '"' ? '\\' : quote, event->length))
		return true;
	event->value = value = arena_bytes(&cursor->tree->scratch, event->length);
	event->length = undo_quotes(value, (struct text){ start, event->length }, quote);
	return event->length > 0;
}

/* A name behind "&" or "*". */
const char *yaml_take_name(struct yaml_cursor *cursor, bool in_brackets)
{
	const char *name = cursor->bytes + cursor->at + 1;
	size_t length = strspn(name, "0123456789-_abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	if (length == 0 ||
	    !(yaml_is_blank(name[length]) || (in_brackets && strchr(",]}", name[length]))))
		return NULL;
	cursor->at += 1 + (unsigned)length;
	return slice_string(&cursor->tree->scratch, (struct text){ name, length });
}

/* The event has begun, at most with an anchor. */
bool yaml_take_scalar(struct yaml_cursor *cursor, struct yaml_event *event, bool in_brackets)
{
	char first = cursor->bytes[cursor->at];
	bool taken = false;

	taken = first == '\'' || first == '"' ? take_quoted(cursor, event)
					      : take_word(cursor, event, in_brackets);
	event->end = cursor->at;
	return taken;
}
