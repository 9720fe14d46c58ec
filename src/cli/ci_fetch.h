#ifndef CLI_CI_FETCH_H
#define CLI_CI_FETCH_H

#include "git/repository.h"

/* What a clone lacks, as words for git-fetch(1). */
struct ci_fetch {
	const struct repository *repository;
	const char *words[3]; /* commits and refspecs; none begins with a dash */
	bool wants_history;   /* not they alone, but all that leads to them and to HEAD */
};

/* The refspec of a branch of the remote repository. */
const char *ci_fetch_branch(struct arena *arena, const char *name);

/* Fail: what is missing, and the line that brings it. Returns -1. */
int ci_fetch_needed(const struct ci_fetch *fetch, const char *missing);

#endif
