#ifndef SYNTAX_TEXT_H
#define SYNTAX_TEXT_H

#include <stddef.h>

#include "base/arena.h"

/* Bytes of a file under review; may hold NUL bytes. bytes[length] is a NUL of ours. */
struct text {
	const char *bytes;
	size_t length;
};

/* A part of a text, as people count: lines end at LF, columns count code points, both start at 1,
 * end_column is the last one. All 0: the file as a whole. Columns 0: whole lines. */
struct span {
	unsigned line, column;
	unsigned end_line, end_column;
};

#define TEXT_KEY (2 * sizeof(void *) + 1)

/* A string that tells these very bytes from all others, for a map of what is known of them: files
 * that are the same blob share them. */
void text_key(char key[TEXT_KEY], struct text text);

/* The line of that number (from 1) without its LF or CR LF; empty past the end. */
struct text text_line(struct text text, unsigned line);

/* How many lines begin before the byte at offset; the line it stands on. From 1. */
unsigned text_line_at(struct text text, size_t offset);

/* The byte at a line and column, both from 1; the length past the end. */
size_t text_offset(struct text text, unsigned line, unsigned column);

/* The span of the bytes from start up to, not including, end. */
struct span text_span(struct text text, size_t start, size_t end);

/* The whole of some lines. */
struct span span_lines(unsigned first, unsigned last);

#endif
