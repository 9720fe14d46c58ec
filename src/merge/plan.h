#ifndef MERGE_PLAN_H
#define MERGE_PLAN_H

#include "merge/recipe.h"

/* A stage of the merged file: some instructions of a stage of an old one. */
struct part {
	const struct input *input; /* whose text it is */
	const struct recipe_stage *stage;
	size_t from, end;  /* its instructions, FROM left out; from == end: none */
	struct part *base; /* what it builds on; NULL: the image that its FROM names */
	const char *name;  /* NULL: none */
	const char *known; /* what a stage that it stands for is called; NULL: none has a name */
	bool is_target;    /* it stands for what a file builds, or for a stage that has a name */
	bool is_shared;    /* the beginning of its stage, which is a part of its own as well */
	bool is_lifted;    /* its beginning is another part, on which it is built */
	bool is_placed;    /* it is among the plan's parts */
};

struct parts VEC(struct part *);

/* One of the files that become one. */
struct input {
	struct recipe recipe;
	const char *stage; /* the name wanted for what it builds; NULL: one made of its own name */
	bool is_kept;
	struct part **parts; /* by the index of its stages: what gives the same image */
};

struct inputs VEC(struct input);

/* Why files cannot be made one, for people: with the places, and what could be done. */
struct refusal {
	struct place place;
	const char *message;
	const char *help;
};

struct refusals VEC(struct refusal);

/* How several Dockerfiles become one. Begin with the first three members set; the kept file is the
 * last input. */
struct plan {
	struct arena *arena;
	struct inputs inputs;
	struct map reserved; /* names that no stage may get; by lower case */
	struct parts parts;  /* in the order of the merged file */
	struct refusals refusals;
};

/* The one that is kept. */
const struct input *plan_kept(const struct plan *plan);

/* Is the instruction that begins on a line of its file among a part's? */
bool part_holds(const struct part *part, unsigned line);

/* The part that a build of an old file gets; target NULL: its last stage. NULL: there is none. */
const struct part *input_part(const struct input *input, const char *target);

/* Add a reason not to merge. */
void plan_refuse(struct plan *plan, struct place place, const char *help, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
