#ifndef MODEL_DEAD_END_H
#define MODEL_DEAD_END_H

#include "model/project.h"

/*
 * Refuse a file of which no stage can be built: each has an instruction that cannot be carried
 * out, or takes from a stage that has one. Its stages and sources must be known.
 */
void dead_end_check(struct dockerfile *file, struct arena *arena);

#endif
