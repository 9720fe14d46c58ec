#ifndef SYNTAX_DOCKERFILE_H
#define SYNTAX_DOCKERFILE_H

#include "syntax/directives.h"
#include "syntax/instruction.h"

/*
 * A Dockerfile as instructions, as BuildKit's parser takes it apart. Everything is a slice of
 * the text but lines that are joined and flags that are quoted.
 */
struct dockerfile_syntax {
	struct text text;
	struct directives directives;
	struct instructions instructions; /* those before an error */
	const char *error;                /* why the parser refuses the file; NULL: it does not */
	struct span error_span;           /* whole lines */
};

void dockerfile_parse(struct dockerfile_syntax *syntax, struct arena *arena, struct text text);

/*
 * Where a slice of an instruction's line stands in the file; the line of the instruction alone
 * where it is no slice of it, or stands on two lines. *cursor is the place found last in the same
 * instruction: zero it before the first, and ask in the order of the line.
 */
struct cursor {
	size_t offset;
	size_t line_start;
	unsigned column; /* of offset */
};

struct span instruction_span(const struct dockerfile_syntax *syntax, struct cursor *cursor,
			     const struct instruction *instruction, struct text slice);

#endif
