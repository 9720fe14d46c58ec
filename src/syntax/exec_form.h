#ifndef SYNTAX_EXEC_FORM_H
#define SYNTAX_EXEC_FORM_H

#include "syntax/words.h"

/* What the arguments of an instruction are, read as JSON (BuildKit line_parsers.go). */
enum exec_form {
	EXEC_NONE,    /* no JSON array: the shell form */
	EXEC_STRINGS, /* an array of strings */
	EXEC_MIXED,   /* an array that holds something else, which is refused */
};

/* The strings of ["a", "b"] are added to strings, decoded; NULL: nobody wants them. */
enum exec_form exec_form_read(struct texts *strings, struct arena *arena, struct text text);

#endif
