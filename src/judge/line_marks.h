#ifndef JUDGE_LINE_MARKS_H
#define JUDGE_LINE_MARKS_H

#include "model/history.h"
#include "model/report.h"

/* Give each finding of a report (all in the order of the changes) what GitHub knows its line by:
 * the file is read again as its change has it. 0, or -1. */
int find_line_marks(struct findings *findings, struct arena *arena, const struct history *history);

#endif
