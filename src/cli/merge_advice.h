#ifndef CLI_MERGE_ADVICE_H
#define CLI_MERGE_ADVICE_H

#include "cli/judging.h"
#include "model/report.h"

/*
 * Let the help of each second Dockerfile name the command that makes it a stage, where that command
 * would: for live files alone, since it changes those, and only where it is found out quickly. What
 * fails here changes nothing of the report.
 */
void merge_advise(struct judging *judging, struct report *report);

#endif
