#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/*
 * How many edits make right of left: a byte added, taken away or replaced, or two neighbours
 * swapped. most + 1 where it takes more than most, or where either is too long to compare.
 */
unsigned edits_between(const char *left, const char *right, unsigned most);

/*
 * What somebody meant who wrote `wanted`: begin with { .wanted = text }, offer every name there
 * is, and read name, which is NULL where none is near. Among equally near ones the first offered
 * wins. A name that begins with wanted, or the other way round, is near too, but least of all.
 */
struct nearest {
	const char *wanted;
	const char *name;
	unsigned edits;
	size_t offered;
};

void nearest_offer(struct nearest *nearest, const char *name);

#endif
