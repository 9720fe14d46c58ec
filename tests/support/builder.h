#ifndef TESTS_SUPPORT_BUILDER_H
#define TESTS_SUPPORT_BUILDER_H

#include "base/vec.h"

/*
 * A builder that builds nothing: what an image is made of, as a text that is the same for the same
 * image. It reads a Dockerfile line by line and shares no code with what is tested; it knows what
 * tests/support/generated.c writes, and what was measured on BuildKit of stages that build on each
 * other: CMD is dropped by ENTRYPOINT, ENV wins over ARG again, ONBUILD is run.
 */
const char *builder_image(struct arena *arena, const char *text, const char *target);

/* The names of its stages. */
struct strings builder_targets(struct arena *arena, const char *text);

#endif
