#ifndef SYNTAX_CSV_H
#define SYNTAX_CSV_H

#include <stdbool.h>

#include "syntax/text.h"

/*
 * Cut the first field off a line of comma-separated values, its quotes taken away; *rest is left at
 * the comma behind it (Go's encoding/csv). False: a quote stands in the wrong place.
 */
bool csv_field(struct text *field, struct arena *arena, struct text *rest);

#endif
