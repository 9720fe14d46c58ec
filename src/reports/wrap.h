#ifndef REPORTS_WRAP_H
#define REPORTS_WRAP_H

#include "base/buf.h"

#define MAX_WIDTH 72 /* columns that still fit behind "remote: " */

/* Text in lines of at most MAX_WIDTH columns, broken at spaces, a longer word where it must be;
 * the first line begins with lead, the others are indented below it. Each "::" is escaped. */
void wrap_write(struct buf *out, const char *lead, const char *text);

#endif
