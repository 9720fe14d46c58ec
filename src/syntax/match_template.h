#ifndef SYNTAX_MATCH_TEMPLATE_H
#define SYNTAX_MATCH_TEMPLATE_H

#include "base/buf.h"
#include "syntax/words.h"

/*
 * What ${V//p/r} puts in the place of a match, as Go's regexp.Expand reads r: "$0" and "${0}" are
 * the match, "$$" is a dollar sign, and "$" with another name is nothing, for a shell pattern has
 * no groups. False: words->error says why.
 */
bool match_template_expand(struct words *words, struct buf *out, struct text template,
			   struct text match);

#endif
