#ifndef SYNTAX_MOUNT_H
#define SYNTAX_MOUNT_H

#include "syntax/words.h"

/*
 * Where RUN --mount=... mounts from: *from is its "from" as written ("" where there is none).
 * Everything else in it the builder looks at only when it builds the stage: mount_fault(). Returns
 * why the builder refuses it, NULL: it does not (BuildKit commands_runmount.go).
 */
const char *mount_from(struct text *from, struct arena *arena, struct text mount);

/* Why the builder cannot build a stage with such a mount, which it takes; NULL: nothing is known to
 * stop it. What variables decide is not looked at. */
const char *mount_fault(struct words *words, struct text mount);

/* Why the builder refuses a RUN --device=...; NULL: it does not. */
const char *device_check(struct arena *arena, struct text device);

#endif
