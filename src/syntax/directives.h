#ifndef SYNTAX_DIRECTIVES_H
#define SYNTAX_DIRECTIVES_H

#include <stdbool.h>

#include "syntax/text.h"

/* A parser directive: "# escape=`"; line 0 where the file has none. */
struct directive {
	struct text value;
	unsigned line;
};

/* The directives on the first lines of a Dockerfile (BuildKit directives.go). */
struct directives {
	struct directive check, escape, syntax;
	char escape_character;
	unsigned last_line; /* of the last directive; 0: none */
	const char *error;  /* why the builder refuses them; NULL: it does not */
	unsigned error_line;
	unsigned bad_check; /* line of a 'check' that the builder's linter refuses; 0: none */
};

void directives_read(struct directives *directives, struct arena *arena, struct text text);

/*
 * The image that reads the file in place of the builder itself: "# syntax=", also behind "#!", as
 * "// syntax=" or as a JSON object (DetectSyntax). Where it is no image reference the builder
 * refuses the file. False where the file names none, or one that is the Dockerfile frontend of
 * Docker.
 */
bool directives_foreign(struct directive *image, struct arena *arena, struct text text);

#endif
