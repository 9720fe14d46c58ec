#ifndef MODEL_SOURCES_H
#define MODEL_SOURCES_H

#include "model/project.h"

/*
 * COPY --from and RUN --mount=from of all stages of a file whose stages and names are known
 * (BuildKit convert.go toCommand). The first one that the builder refuses sets the file's error.
 */
void sources_read(struct dockerfile *file, struct arena *arena);

#endif
