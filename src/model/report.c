#include "model/report.h"

#include <string.h>

bool report_is_unknown(const struct report *report)
{
	return strcmp(report->verdict, "unknown") == 0;
}
