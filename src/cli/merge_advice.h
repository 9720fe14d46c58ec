#ifndef CLI_MERGE_ADVICE_H
#define CLI_MERGE_ADVICE_H

#include "cli/judging.h"
#include "model/report.h"

/*
 * Let the help of each second Dockerfile name the command that makes it a stage, where that command
 * would: for live files alone, since it changes those, and only where it is found out quickly. 0,
 * or -1 where the files cannot be read again: what can no longer be seen is not passed over.
 */
int merge_advise(struct judging *judging, struct report *report);

#endif
