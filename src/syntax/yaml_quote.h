#ifndef SYNTAX_YAML_QUOTE_H
#define SYNTAX_YAML_QUOTE_H

#include "base/buf.h"

/*
 * Write text, which is valid UTF-8, as a YAML scalar in double quotes that reads as that very
 * string, whatever is in it, and shows no character that people cannot see. A long one goes on in
 * further lines behind a comma, so many blanks in.
 */
void yaml_quote(struct buf *out, const char *text, unsigned blanks);

#endif
