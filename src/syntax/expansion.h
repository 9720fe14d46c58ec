#ifndef SYNTAX_EXPANSION_H
#define SYNTAX_EXPANSION_H

#include "syntax/instruction.h"

/*
 * Why the builder cannot put variables into the words of an instruction, whatever they hold: a
 * quote without its end, a '${' that is none. NULL: nothing is known to stop it. It looks only as
 * it builds the stage (BuildKit instructions/commands.go Expand): the file may have others. Flags
 * are not looked at.
 */
const char *expansion_fault(const struct instruction *instruction, struct arena *arena,
			    char escape);

#endif
