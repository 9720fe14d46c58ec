#ifndef MODEL_DISGUISE_H
#define MODEL_DISGUISE_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * The name of a Dockerfile or compose file that this one, which is none, can be taken for: by a
 * file system that knows no case (compose files), drops characters without width (HFS+), ends a
 * name at a colon, without dots and spaces at its end, or has short names (NTFS); or by people, as
 * letters of other scripts look like those of ours. Lower-cased where it is a compose file's. In
 * the arena; NULL: it is taken for nothing.
 */
const char *name_disguised(struct arena *arena, const char *name);

/* The same, where only that is asked. */
bool name_is_disguised(const char *name);

#endif
