#ifndef BASE_THROWAWAY_H
#define BASE_THROWAWAY_H

#include <sys/types.h>

#include "base/arena.h"

/*
 * A temporary directory that is gone once it is no longer wanted, whatever ends this process:
 * another one waits for its end and removes it.
 */
struct throwaway {
	const char *path; /* absolute, in the arena */
	int line;         /* to the one who waits */
	pid_t keeper;
};

/* A new directory, for this user alone, whose name begins with `name`. 0, or -1. */
int throwaway_make(struct throwaway *place, struct arena *arena, const char *name);

/* From now on a process group works there: it is killed before the directory is removed. 0: none
 * does any more. */
void throwaway_watch(const struct throwaway *place, pid_t group);

/* Remove it now. 0, or -1. */
int throwaway_remove(struct throwaway *place);

#endif
