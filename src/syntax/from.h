#ifndef SYNTAX_FROM_H
#define SYNTAX_FROM_H

#include "syntax/instruction.h"

/* FROM [--platform=...] base [AS name], as written. */
struct from {
	struct text base;
	struct text name; /* length 0: none */
	bool bad_name;    /* it is refused for the name */
};

/* Why the builder refuses a FROM (BuildKit instructions/parse.go); NULL: it does not. */
const char *from_read(struct from *from, struct arena *arena,
		      const struct instruction *instruction);

#endif
