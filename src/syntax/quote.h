#ifndef SYNTAX_QUOTE_H
#define SYNTAX_QUOTE_H

#include <stdbool.h>

#include "syntax/text.h"

/*
 * Cut a path in double quotes, with escapes as in C, off the start of *rest; what it says goes into
 * the arena and ends in a NUL. False, and nothing is cut, where there is none or it is none that
 * Git takes (quote.c unquote_c_style): then Git takes it as it is written.
 */
bool quote_cut(struct text *plain, struct arena *arena, struct text *rest);

#endif
