#ifndef JUDGE_REPAIRS_H
#define JUDGE_REPAIRS_H

#include "judge/verdict.h"

/*
 * Say of each new finding (all in the order of the changes) which later change of the same run
 * repairs it: the first one built on its own that has fewer of its fingerprint. verdicts are as
 * the changes.
 */
void find_repairs(struct findings *findings, struct arena *arena, const struct changes *changes,
		  struct verdict *const *verdicts);

#endif
