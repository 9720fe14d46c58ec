#ifndef GUARD_CONFINE_H
#define GUARD_CONFINE_H

#include "base/vec.h"

/*
 * A worker gives up what it will not need any more, before it reads anything that is not to be
 * trusted: from now on it can read these files and directories, with all below them, write its
 * answer, and nothing else, as far as the kernel has what that takes; *words say how far, for
 * people. 0, or -1.
 */
int confine(const char **words, struct arena *arena, const struct strings *paths);

#endif
