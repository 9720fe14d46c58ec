/* The ends of revisions that lead from a commit to one that it comes from (gitrevisions(7)). */
#include <stdlib.h>
#include <string.h>

#include "git/commits.h"

#define STEPS "~^0123456789"

const char *ancestor_steps(const char *revision)
{
	size_t length = strcspn(revision, "~^:");
	const char *steps = revision + length;

	return length > 0 && steps[strspn(steps, STEPS)] == '\0' ? steps : "";
}

/* 1 where a commit has not so many parents; so 0, or -1. */
static int go_to_parent(struct commits *commits, struct commit **commit, unsigned long number)
{
	if (number > (*commit)->parents)
		return 1;
	return commits_get(commits, commit, &(*commit)->parent_ids[number - 1]);
}

/* "~N": so often to the first parent. "^N": to that parent; 0 is the commit itself. */
static int step(struct commits *commits, struct commit **commit, const char **steps)
{
	char kind = **steps;
	char *end = NULL;
	unsigned long number = strtoul(*steps + 1, &end, 10);
	int missing = 0;

	if (end == *steps + 1)
		number = 1;
	*steps = end;
	if (kind == '^')
		return number ? go_to_parent(commits, commit, number) : 0;
	for (; number > 0 && !missing; number--)
		missing = go_to_parent(commits, commit, 1);
	return missing;
}

int commits_ancestor(struct commits *commits, struct commit **commit, const char *steps)
{
	int missing = 0;

	while (*steps && !missing)
		missing = step(commits, commit, &steps);
	return missing;
}
