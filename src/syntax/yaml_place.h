#ifndef SYNTAX_YAML_PLACE_H
#define SYNTAX_YAML_PLACE_H

#include <stdbool.h>

#include "base/vec.h"
#include "syntax/text.h"

struct yaml_line {
	size_t byte, character; /* where it begins */
};

struct yaml_lines VEC(struct yaml_line);
struct yaml_offsets VEC(size_t);

/*
 * Where the characters of a text are. libyaml's marks count characters, and its lines end at
 * NEL, U+2028 and U+2029 too, so bytes and lines are found out here, in one pass over the text.
 * A byte order mark at the beginning is no character.
 */
struct yaml_places {
	struct text text;
	size_t start;              /* behind the byte order mark */
	struct yaml_lines lines;   /* ended by LF */
	struct yaml_offsets bytes; /* of every 64th character */
	bool is_plain;             /* each character is one byte */
	size_t near;               /* the line that was asked about last */
};

/* True, or false with *wrong set to the first byte that is not UTF-8. */
bool yaml_places_read(struct yaml_places *places, size_t *wrong, struct arena *arena,
		      struct text text);

/* Where a character begins; the length of the text, which is below 4 GiB, past its end. */
unsigned yaml_places_byte(const struct yaml_places *places, size_t character);

/* As text_span(), in logarithmic time, and at once where it is near the one before. */
struct span yaml_places_span(struct yaml_places *places, size_t start, size_t end);

/* A scalar's event begins at its anchor or tag: step over those, blanks and comments, from a byte
 * on up to another. */
unsigned yaml_skip_properties(const char *bytes, unsigned at, size_t end);

#endif
