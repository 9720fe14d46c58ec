#include "syntax/yaml_quick.h"

#include <string.h>

#include "syntax/yaml_cursor.h"

#define MAX_KEY 1000 /* bytes up to its colon: libyaml takes 1,024 */

static bool read_brackets(struct yaml_cursor *cursor, struct yaml_event *event);
static bool read_list(struct yaml_cursor *cursor, struct yaml_event *event);
static bool read_mapping(struct yaml_cursor *cursor, struct yaml_event *event);

static bool put_scalar(struct yaml_cursor *cursor, const struct yaml_event *event)
{
	return yaml_tree_count(cursor->tree, event->start) == 0 &&
	       yaml_tree_scalar(cursor->tree, event) == 0;
}

static bool begin(struct yaml_cursor *cursor, const struct yaml_event *event, enum yaml_kind kind)
{
	return yaml_tree_count(cursor->tree, event->start) == 0 &&
	       yaml_tree_begin(cursor->tree, event, kind) == 0;
}

static bool end(struct yaml_cursor *cursor)
{
	return yaml_tree_count(cursor->tree, cursor->at) == 0 &&
	       yaml_tree_end(cursor->tree, cursor->at) == 0;
}

/* A key and its colon. One without quotes has a blank behind that. */
static bool read_key(struct yaml_cursor *cursor, bool in_brackets)
{
	struct yaml_event event = { .start = cursor->at };

	if (!yaml_take_scalar(cursor, &event, in_brackets))
		return false;
	yaml_skip_blanks(cursor);
	if (cursor->at - event.start > MAX_KEY || cursor->bytes[cursor->at] != ':' ||
	    !(yaml_is_blank(cursor->bytes[cursor->at + 1]) || (in_brackets && !event.plain)))
		return false;
	cursor->at++;
	return put_scalar(cursor, &event);
}

static bool read_alias(struct yaml_cursor *cursor, struct yaml_event *event, bool in_brackets)
{
	event->anchor = yaml_take_name(cursor, in_brackets);
	event->end = cursor->at;
	return event->anchor && yaml_tree_count(cursor->tree, event->start) == 0 &&
	       yaml_tree_alias(cursor->tree, event) == 0;
}

/* What stands on a line behind a key or a dash, or in brackets. An alias has no anchor. */
static bool read_inline(struct yaml_cursor *cursor, struct yaml_event *event, bool in_brackets)
{
	char first = cursor->bytes[cursor->at];

	if (first == '[' || first == '{')
		return read_brackets(cursor, event);
	if (first == '*')
		return !event->anchor && read_alias(cursor, event, in_brackets);
	return yaml_take_scalar(cursor, event, in_brackets) && put_scalar(cursor, event);
}

/* A list or a mapping in brackets, each of whose keys has a value. */
static bool read_brackets(struct yaml_cursor *cursor, struct yaml_event *event)
{
	bool is_list = cursor->bytes[cursor->at++] == '[';
	char close = is_list ? ']' : '}';

	if (!begin(cursor, event, is_list ? YAML_SEQUENCE : YAML_MAPPING))
		return false;
	for (yaml_skip_lines(cursor); cursor->bytes[cursor->at] != close; yaml_skip_lines(cursor)) {
		struct yaml_event value = { 0 };

		if (!is_list && !read_key(cursor, true))
			return false;
		yaml_skip_lines(cursor);
		value.start = cursor->at;
		if (!read_inline(cursor, &value, true))
			return false;
		yaml_skip_lines(cursor);
		if (cursor->bytes[cursor->at] == ',')
			cursor->at++;
		else if (cursor->bytes[cursor->at] != close)
			return false;
	}
	cursor->at++;
	return end(cursor);
}

/* Does a key stand here, with its colon? */
static bool is_key(const struct yaml_cursor *cursor)
{
	struct yaml_cursor copy = *cursor;
	struct yaml_event event = { .start = cursor->at };

	if (!yaml_take_scalar(&copy, &event, false))
		return false;
	yaml_skip_blanks(&copy);
	return copy.bytes[copy.at] == ':' && yaml_is_blank(copy.bytes[copy.at + 1]);
}

/* A block, or what stands alone on its lines. Deeper than column is what belongs to it. */
static bool read_block(struct yaml_cursor *cursor, struct yaml_event *event, unsigned column)
{
	if (yaml_is_item(cursor))
		return read_list(cursor, event);
	if (is_key(cursor))
		return read_mapping(cursor, event);
	return read_inline(cursor, event, false) && yaml_end_line(cursor, column);
}

/* Take the anchor of an event that begins behind blanks, if there is one. */
static bool begin_value(struct yaml_cursor *cursor, struct yaml_event *event)
{
	yaml_skip_blanks(cursor);
	*event = (struct yaml_event){ .value = "", .plain = true, .start = cursor->at };
	if (cursor->bytes[cursor->at] != '&')
		return true;
	event->anchor = yaml_take_name(cursor, false);
	yaml_skip_blanks(cursor);
	return event->anchor != NULL;
}

/* Step over lines up to what an event without an anchor begins with. */
static void skip_to_value(struct yaml_cursor *cursor, struct yaml_event *event)
{
	yaml_skip_lines(cursor);
	if (!event->anchor)
		event->start = cursor->at;
}

/* Nothing at all: a null, right behind the colon or the dash. */
static bool put_nothing(struct yaml_cursor *cursor, struct yaml_event *event, unsigned behind)
{
	event->start = event->end = behind;
	return !event->anchor && put_scalar(cursor, event);
}

/* What follows the dash of an item, in a list at that column. */
static bool read_item(struct yaml_cursor *cursor, unsigned column)
{
	unsigned behind = ++cursor->at;
	struct yaml_event event;

	if (!begin_value(cursor, &event))
		return false;
	if (!yaml_is_line_over(cursor)) {
		if (yaml_is_item(cursor) || (event.anchor && is_key(cursor)))
			return false;
		return read_block(cursor, &event, column);
	}
	skip_to_value(cursor, &event);
	return !yaml_is_ended(cursor) && yaml_column(cursor) > column
		       ? read_block(cursor, &event, column)
		       : put_nothing(cursor, &event, behind);
}

static bool read_list(struct yaml_cursor *cursor, struct yaml_event *event)
{
	unsigned column = yaml_column(cursor);

	if (!begin(cursor, event, YAML_SEQUENCE))
		return false;
	while (yaml_is_item(cursor) && yaml_column(cursor) == column)
		if (!read_item(cursor, column))
			return false;
	return (yaml_is_ended(cursor) || yaml_column(cursor) <= column) && end(cursor);
}

/* What follows the colon of a key, in a mapping at that column. */
static bool read_value(struct yaml_cursor *cursor, unsigned column)
{
	unsigned behind = cursor->at;
	struct yaml_event event;

	if (!begin_value(cursor, &event))
		return false;
	if (!yaml_is_line_over(cursor))
		return read_inline(cursor, &event, false) && yaml_end_line(cursor, column);
	skip_to_value(cursor, &event);
	if (!yaml_is_ended(cursor) && yaml_column(cursor) > column)
		return read_block(cursor, &event, column);
	/* The dashes of a list may stand below its key. */
	return yaml_column(cursor) == column && yaml_is_item(cursor)
		       ? read_list(cursor, &event)
		       : put_nothing(cursor, &event, behind);
}

static bool read_mapping(struct yaml_cursor *cursor, struct yaml_event *event)
{
	unsigned column = yaml_column(cursor);

	if (!begin(cursor, event, YAML_MAPPING))
		return false;
	while (!yaml_is_ended(cursor) && yaml_column(cursor) == column)
		if (!read_key(cursor, false) || !read_value(cursor, column))
			return false;
	return (yaml_is_ended(cursor) || yaml_column(cursor) < column) && end(cursor);
}

/* Has it no characters but those of ASCII that can be seen, and the ends of lines? */
static bool is_simple(const struct yaml_tree *tree)
{
	bool others = !tree->places.is_plain || tree->places.start > 0;

	for (size_t i = 0; i < tree->text.length; i++) {
		unsigned char byte = (unsigned char)tree->text.bytes[i];

		others |= (byte < ' ' && byte != '\n') || byte == 0x7f;
	}
	return !others;
}

/* The line that may stand before the document. */
static bool skip_start(struct yaml_cursor *cursor)
{
	yaml_skip_lines(cursor);
	if (yaml_column(cursor) > 0 || strncmp(cursor->bytes + cursor->at, "---", 3) != 0)
		return true;
	cursor->at += 3;
	return yaml_is_blank(cursor->bytes[cursor->at]) && yaml_is_line_over(cursor);
}

/* The stream and its document begin and end, too. */
static bool count_others(struct yaml_tree *tree)
{
	for (int i = 0; i < 4; i++)
		if (yaml_tree_count(tree, 0) < 0)
			return false;
	return true;
}

bool yaml_quick_read(struct yaml_tree *tree)
{
	struct yaml_cursor cursor = { .tree = tree, .bytes = tree->text.bytes };
	struct yaml_event event = { 0 };

	if (!is_simple(tree) || !count_others(tree) || !skip_start(&cursor))
		return false;
	yaml_skip_lines(&cursor);
	event.start = cursor.at;
	return (yaml_is_item(&cursor) || is_key(&cursor)) && read_block(&cursor, &event, 0) &&
	       yaml_is_ended(&cursor);
}
