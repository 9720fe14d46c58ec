#ifndef GIT_HOOK_LOOK_H
#define GIT_HOOK_LOOK_H

#include <stdbool.h>

#include "base/arena.h"

/* A hook as it stands in a directory, and what can be told of it without running it. */
struct hook_look {
	const char *name;
	const char *path; /* absolute */
	bool is_there;
	bool is_executable;   /* else Git passes it by */
	bool is_ours;         /* 'onedockerfile install' wrote it */
	const char *program;  /* ours, as it is called there; NULL: it is not named */
	bool is_named;        /* or in the settings of a manager */
	const char *manager;  /* "husky", "lefthook", "pre-commit"; NULL: none that is known */
	const char *settings; /* where that one is told what to run; NULL: not known */
};

/* Look at the hook of that name. work_dir is the root that managers have their settings at; NULL:
 * there is none. Everything lives in the arena. */
void hook_look(struct hook_look *look, struct arena *arena, const char *directory,
	       const char *work_dir);

#endif
