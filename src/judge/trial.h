#ifndef JUDGE_TRIAL_H
#define JUDGE_TRIAL_H

#include "judge/verdict.h"
#include "model/ahead.h"

/* An area that is to be judged, with as many of its members as it has now. */
struct task {
	struct area *area;
	size_t size;
	struct ruling *ruling;
};

struct tasks VEC(struct task);

/* A tree on its way to its verdict, which begins with all that its base has. */
struct trial {
	struct verdicts *verdicts;
	size_t number;    /* from one on */
	const char *tree; /* NULL: the live files */
	struct verdict verdict;
	struct tasks tasks;
	struct totals spent; /* on all tasks so far */
	struct rulings dropped, added;
	struct ahead ahead; /* of the first tree */
};

/* Have those areas judged that can see a difference; NULL: all there are. */
void trial_begin(struct trial *trial, const struct difference *difference);

/* Judge them, and whatever turns out to belong to them. 0, or -1. */
int trial_hold(struct trial *trial);

#endif
