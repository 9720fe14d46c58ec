#ifndef MODEL_STAGES_H
#define MODEL_STAGES_H

#include "model/project.h"

/*
 * The stages of a Dockerfile as BuildKit sees them (dockerfile2llb/convert.go), from its text:
 * sets error, fault, stages, first_from, syntax and, under the syntax of a foreign frontend,
 * opaque. What a build argument can cure is no error: the stage says `unresolved`.
 */
void dockerfile_read(struct dockerfile *file, struct arena *arena, struct text text);

/* The same file's stages where build arguments replace the defaults of its global ARGs, and named
 * contexts hide stages and images: what one build of it sees. The result is a copy. */
struct dockerfile *dockerfile_for_build(const struct dockerfile *file, struct arena *arena,
					const struct build *build);

#endif
