#ifndef TESTS_SUPPORT_TOLD_H
#define TESTS_SUPPORT_TOLD_H

#include "model/report.h"

/* A report for fuzz targets of those that write one: each part of the bytes is a text of it, four
 * of them are a finding: path, message, help and excerpt. */
void told(struct report *report, struct arena *arena, struct text rest);

#endif
