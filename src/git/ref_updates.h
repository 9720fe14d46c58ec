#ifndef GIT_REF_UPDATES_H
#define GIT_REF_UPDATES_H

#include <git2.h>

#include "base/vec.h"

/* What a push does to a ref; an id of zeros: it is not there before, or afterwards. */
struct ref_update {
	const char *name;
	const char *target; /* the ref that is written; another one where it is symbolic */
	git_oid before, after;
};

struct ref_updates VEC(struct ref_update);

/* Read "OLD NEW REF" lines as Git writes them for pre-receive (githooks(5)). 0, or -1. */
int ref_updates_read(struct ref_updates *updates, struct arena *arena, const char *lines);

/* Read "LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID" lines as Git writes them for pre-push: the update
 * of the remote's ref that each asks for. 0, or -1. */
int ref_updates_read_pushed(struct ref_updates *updates, struct arena *arena, const char *lines);

/* One update from its three words. 0, or -1. */
int ref_update_parse(struct ref_update *update, const char *before, const char *after,
		     const char *name);

#endif
