#ifndef GIT_REFS_H
#define GIT_REFS_H

#include "base/vec.h"
#include "git/repository.h"

/* A ref and the object it names, or what that one, a tag, is of. */
struct ref {
	const char *name;
	git_oid id;
};

struct refs VEC(struct ref);

/* Every ref but the symbolic ones, whose targets are refs of their own. One that is broken is left
 * out. 0, or -1. */
int refs_read(struct refs *refs, struct repository *repository);

/* What a push does to a ref; an id of zeros: it is not there before, or afterwards. */
struct ref_update {
	const char *name;
	const char *target; /* the ref that is written; another one where it is symbolic */
	git_oid before, after;
};

struct ref_updates VEC(struct ref_update);

/* Read "OLD NEW REF" lines as Git writes them for pre-receive (githooks(5)). 0, or -1. */
int ref_updates_read(struct ref_updates *updates, struct arena *arena, const char *lines);

/* One update from its three words. 0, or -1. */
int ref_update_parse(struct ref_update *update, const char *before, const char *after,
		     const char *name);

/* Set the target of each. 0, or -1. */
int ref_updates_follow(struct ref_updates *updates, struct repository *repository);

#endif
