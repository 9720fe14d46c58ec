#ifndef SYNTAX_DOTENV_H
#define SYNTAX_DOTENV_H

#include "base/map.h"
#include "syntax/template.h"
#include "syntax/text.h"

/* The variables of an .env file. */
struct dotenv {
	struct map values; /* const char *; template_unknown: set, and not known */
	size_t size;       /* bytes, as far as MAX_DOTENV_SIZE counts them */
	const char *error; /* why reading ended early; NULL: it did not */
	unsigned line;     /* of the error */
};

/*
 * Read an .env file (compose-go dotenv/parser.go). Values may use variables: first what lookup
 * knows, then what the file says above. They are added to those that *file has (zero it first).
 */
void dotenv_read(struct dotenv *file, struct arena *arena, struct text text,
		 template_lookup *lookup, void *variables);

#endif
