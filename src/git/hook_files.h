#ifndef GIT_HOOK_FILES_H
#define GIT_HOOK_FILES_H

#include <stdbool.h>

#include "base/replace.h"

/* What became of one hook. */
enum hook_change {
	HOOK_UNCHANGED, /* it is as it should be already */
	HOOK_INSTALLED,
	HOOK_CHAINED, /* installed; the one that was there runs before it */
	HOOK_REMOVED,
	HOOK_RESTORED, /* removed; the one that was there before is back */
};

/* Hooks of one directory that are to be changed together. */
struct hook_plan {
	struct arena *arena;
	const char *directory;
	struct replacements files;
};

/*
 * Plan to put a hook there that runs `program hook NAME -- ARGUMENTS`. One of somebody else is
 * kept beside it, and runs first with the same arguments and input. 0, or -1.
 */
int hook_install(struct hook_plan *plan, enum hook_change *change, const char *name,
		 const char *program);

/* Is the text of a hook one that hook_install() writes? */
bool hook_is_ours(const char *text);

/* Plan to take ours away, and to put back what was there before it, as it was. 0, or -1. */
int hook_uninstall(struct hook_plan *plan, enum hook_change *change, const char *name);

/* Change all of them, or none. 0, or -1. */
int hook_plan_do(struct hook_plan *plan);

#endif
