#ifndef CLI_PUSH_REFS_H
#define CLI_PUSH_REFS_H

#include "git/history.h"
#include "model/policy.h"

/* 0, or -1 for an update after which Git would read something else than what was judged. */
int push_refs_check(const struct push *push, struct repository *repository);

/* Leave in a push what the policy judges, and of the refs that are known those that hold what it
 * has judged before. */
void push_refs_keep(struct push *push, struct arena *arena, const struct policy *policy);

#endif
