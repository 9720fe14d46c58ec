#ifndef CLI_PUSH_REFS_H
#define CLI_PUSH_REFS_H

#include "git/history.h"
#include "model/policy.h"

/* Leave in a push what the policy judges, and of the refs that are known those that hold what it
 * has judged before. */
void push_refs_keep(struct push *push, struct arena *arena, const struct policy *policy);

#endif
