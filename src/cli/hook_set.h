#ifndef CLI_HOOK_SET_H
#define CLI_HOOK_SET_H

#include "cli/options.h"
#include "git/hook_files.h"

/* What is planned for one hook: hook_uninstall(), or hook_install() of this program. */
typedef int hook_changer(struct hook_plan *plan, enum hook_change *result, const char *name);

/*
 * Do it to all hooks that belong into the repository at hand, or to none, and print what became of
 * each:
 * pre-receive for a server, pre-commit, pre-merge-commit and pre-push else. A status, or -1.
 */
int hook_set_change(struct options *options, struct arena *arena, hook_changer *change);

#endif
