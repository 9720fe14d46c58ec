#ifndef MERGE_UNTOUCHED_H
#define MERGE_UNTOUCHED_H

#include <stdbool.h>

#include "base/arena.h"
#include "syntax/text.h"

/* Do two compose files say the same but for which Dockerfile and which target is built? False also
 * where one cannot be read. */
bool untouched(struct arena *arena, struct text before, struct text after);

#endif
