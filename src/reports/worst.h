#ifndef REPORTS_WORST_H
#define REPORTS_WORST_H

#include "model/report.h"

struct worst VEC(const struct finding *);

/* The new findings of a report, the worst first, else in the report's order. In the arena. For
 * readers who see only the first of many, and know nothing of inherited or waived ones. */
struct worst report_worst(const struct report *report, struct arena *arena);

#endif
