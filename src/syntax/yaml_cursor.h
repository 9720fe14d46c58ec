#ifndef SYNTAX_YAML_CURSOR_H
#define SYNTAX_YAML_CURSOR_H

#include "syntax/yaml_tree.h"

/*
 * Where the quick reader is in a text of visible ASCII and ends of lines, which a NUL ends. What
 * takes something stands behind it afterwards; false, or NULL: it is not there, or written in a way
 * that is left to libyaml.
 */
struct yaml_cursor {
	struct yaml_tree *tree;
	const char *bytes;
	unsigned at, line; /* bytes; the line begins there */
};

/* A blank, or the end of a line or of the text. */
bool yaml_is_blank(char character);

bool yaml_is_ended(const struct yaml_cursor *cursor);

/* From 0. */
unsigned yaml_column(const struct yaml_cursor *cursor);

/* Does what stands here begin an item of a list? */
bool yaml_is_item(const struct yaml_cursor *cursor);

void yaml_skip_blanks(struct yaml_cursor *cursor);

/* Is there nothing more on the line but blanks, which are stepped over, and a comment? */
bool yaml_is_line_over(struct yaml_cursor *cursor);

/* Step over blanks, comments and the ends of lines. */
void yaml_skip_lines(struct yaml_cursor *cursor);

/* Step to what follows, if that stands on a line of its own, and no deeper than a column: there it
 * would go on with what was read. */
bool yaml_end_line(struct yaml_cursor *cursor, unsigned column);

/* A name behind "&" or "*"; lives as long as the tree's scratch. */
const char *yaml_take_name(struct yaml_cursor *cursor, bool in_brackets);

/* A scalar that ends on the line where it begins: the value of an event, and its end. */
bool yaml_take_scalar(struct yaml_cursor *cursor, struct yaml_event *event, bool in_brackets);

#endif
