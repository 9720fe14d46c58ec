#ifndef MODEL_DOCKERFILE_H
#define MODEL_DOCKERFILE_H

#include "model/project.h"

/* Set the error of a file, if it has none yet. */
void dockerfile_refuse(struct dockerfile *file, struct span span, const char *error);

/*
 * The stage that --target means: by name, in any case, the last one of that name; without target
 * (NULL or "") the last stage. NULL where there is none. (BuildKit findStateByName; an index is
 * no target.)
 */
const struct stage *dockerfile_stage(const struct dockerfile *file, const char *target);

/* The name of a stage that is nearest to the target misspelled; NULL where none is near. */
const char *dockerfile_nearest(const struct dockerfile *file, const char *target);

#endif
