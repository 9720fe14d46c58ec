#include "reports/worst.h"

struct worst report_worst(const struct report *report, struct arena *arena)
{
	struct worst worst = { 0 };

	for (enum level level = LEVEL_ERROR; level > LEVEL_OFF; level--)
		vec_each (const struct finding *, finding, &report->findings)
			if (finding->level == level && finding->status == FINDING_NEW)
				*vec_add(arena, &worst) = finding;
	return worst;
}
