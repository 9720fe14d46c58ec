#ifndef GIT_HOOK_FILES_H
#define GIT_HOOK_FILES_H

#include <stdbool.h>

/* What became of one hook. */
enum hook_change {
	HOOK_UNCHANGED, /* it is as it should be already */
	HOOK_INSTALLED,
	HOOK_CHAINED, /* installed; the one that was there runs before it */
	HOOK_REMOVED,
	HOOK_RESTORED, /* removed; the one that was there before is back */
};

/*
 * Put a hook into a directory that runs `program hook NAME -- ARGUMENTS`. One of somebody else is
 * kept beside it, and runs first with the same arguments and input. 0, or -1.
 */
int hook_install(enum hook_change *change, const char *directory, const char *name,
		 const char *program);

/* Is the text of a hook one that hook_install() writes? */
bool hook_is_ours(const char *text);

/* Take ours away, and put back what was there before it, as it was. 0, or -1. */
int hook_uninstall(enum hook_change *change, const char *directory, const char *name);

#endif
