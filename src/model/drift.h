#ifndef MODEL_DRIFT_H
#define MODEL_DRIFT_H

#include "model/project.h"

struct instruction;

/*
 * How far two Dockerfiles go together: how many first instructions are the same (joined lines,
 * comments left out, the name of a stage not counted), and the first one of each that is not;
 * NULL: the file ends there.
 */
struct drift {
	size_t shared;
	const struct instruction *one, *other;
};

/* False where either was not read, or is refused by the parser before its end. */
bool drift_find(struct drift *drift, const struct dockerfile *one, const struct dockerfile *other);

/*
 * The same as the end of a sentence about one, a variant of other: "; it repeats the first 2
 * instructions of it, then line 7 has 'CMD ...' ...". "" where drift_find() is false.
 */
const char *drift_told(struct arena *arena, const struct dockerfile *one,
		       const struct dockerfile *other);

#endif
