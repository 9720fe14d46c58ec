#ifndef SYNTAX_OPERANDS_H
#define SYNTAX_OPERANDS_H

#include "syntax/instruction.h"

/*
 * Why the builder cannot carry out an instruction that it can read: a port that is none, a COPY of
 * a URL. NULL: nothing is known to stop it. Like expansion_fault(), it stops what builds the stage
 * and not the file; what variables decide is not looked at (BuildKit dockerfile2llb/convert.go).
 */
const char *operands_fault(const struct instruction *instruction, struct arena *arena, char escape);

#endif
