#ifndef REPORTS_EXCERPT_H
#define REPORTS_EXCERPT_H

#include "base/buf.h"
#include "model/report.h"

/*
 * The line a finding stands on, with its number, and a caret under the place where it has columns.
 * A long line is cut to what surrounds the place; nothing is written where there is no line.
 */
void excerpt_write(struct buf *out, const struct finding *finding, const struct report *report);

#endif
