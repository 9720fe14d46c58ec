#ifndef GUARD_LANDLOCK_H
#define GUARD_LANDLOCK_H

#include "base/vec.h"

/* From now on this process can read these files and directories, with all below them, and do
 * nothing else to any file, nor reach a network: landlock(7). What is not there is left out.
 * The version of Landlock that the kernel has, 0 where it has none; or -1. */
int landlock_confine(const struct strings *paths);

#endif
