#ifndef SYNTAX_HEALTHCHECK_H
#define SYNTAX_HEALTHCHECK_H

#include "syntax/instruction.h"

/* What stands behind the type of a HEALTHCHECK: its command. */
struct text healthcheck_command(struct text arguments);

/* Why the builder refuses a HEALTHCHECK (BuildKit instructions/parse.go); NULL: it does not. */
const char *healthcheck_check(const struct instruction *instruction, struct arena *arena);

#endif
