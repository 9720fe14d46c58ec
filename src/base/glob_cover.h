#ifndef BASE_GLOB_COVER_H
#define BASE_GLOB_COVER_H

#include <stdbool.h>

#include "base/vec.h"

/* Can a pattern (base/glob.h) match this path and nothing else? Not where it holds a wildcard or a
 * brace, since nothing takes their meaning away. */
bool glob_can_name(const char *path);

/*
 * Few patterns that together match some paths and nothing else: those that differ in one component
 * share a pattern, as "api/Dockerfile.{dev,test}" or "{api,web}/Dockerfile.dev". Each path is one
 * that glob_can_name(), and is there once; what comes first among them comes first among the
 * patterns.
 */
void glob_cover(struct strings *patterns, struct arena *arena, const struct strings *paths);

#endif
