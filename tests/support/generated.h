#ifndef TESTS_SUPPORT_GENERATED_H
#define TESTS_SUPPORT_GENERATED_H

#include <stdint.h>

#include "base/vec.h"

struct generated {
	const char *path, *text;
};

struct generateds VEC(struct generated);

/*
 * Two or three Dockerfiles of one service and the compose file that builds them, made of a seed:
 * with beginnings and stages that are the same, and all that can stand in a Dockerfile. Comments
 * that have to survive begin with "# note".
 */
void generate(struct generateds *files, struct arena *arena, uint64_t seed);

#endif
