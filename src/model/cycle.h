#ifndef MODEL_CYCLE_H
#define MODEL_CYCLE_H

#include "model/project.h"

/*
 * Refuse a file in which a stage takes something from itself, if by way of others (BuildKit
 * validateCircularDependency; what a stage is built on does not count there). extra says for each
 * stage whether it takes from the stage `to` besides its sources; NULL: none does.
 */
void cycle_check(struct dockerfile *file, struct arena *arena, const bool *extra, int to);

#endif
