#ifndef GIT_REPOSITORY_H
#define GIT_REPOSITORY_H

#include <git2.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "git/commit_graph.h"
#include "git/packs.h"
#include "model/snapshot.h"
#include "syntax/text.h"

/* How a repository is found, and whose configuration counts. */
enum repository_mode {
	/* Upwards from a directory, as git does; only the repository's own configuration. Other
	 * objects are seen where the environment names some. */
	REPOSITORY_FOUND,
	/* The same, whatever the environment says. */
	REPOSITORY_ALONE,
	/* As above, but the user's and system's configuration count (ignored files). */
	REPOSITORY_OF_USER,
	/* As Git told a hook: GIT_DIR where it is set, else as REPOSITORY_FOUND; GIT_INDEX_FILE. */
	REPOSITORY_OF_HOOK,
};

/* An open repository. Paths are absolute and have no slash at the end. */
struct repository {
	struct arena *arena;
	enum repository_mode mode;
	git_repository *git;
	git_odb *odb;
	struct packs *packs;    /* of the odb, without libgit2 in between */
	const char *git_dir;    /* of the linked worktree, where it is one */
	const char *common_dir; /* where refs, objects and hooks are */
	const char *work_dir;   /* NULL: bare */
	const struct strings *object_directories;
	struct commit_graph graph; /* empty where the clone is shallow */
	struct map revisions; /* git_oid * of commits by the words that named them in this run */
	struct map shallow;   /* ids of commits whose parents were not fetched; not NULL: is one */
};

/*
 * Open the repository that directory is in. Objects in quarantine are seen where Git says that
 * there are any (githooks(5) pre-receive), alternates included, whatever their paths hold. One that
 * lies among the files of another is a failure, unless Git named it.
 * 0; 1 where there is no repository; or -1.
 */
int repository_open(struct repository *repository, struct arena *arena, const char *directory,
		    enum repository_mode mode);

/* What repository_open() returned, where there has to be a repository: none is a failure. 0, or -1.
 */
int repository_required(int absent);

void repository_close(struct repository *repository);

/* A string of the repository's configuration; NULL where it is not set. In the arena. 0, or -1. */
int repository_setting(struct repository *repository, const char **value, const char *name);

/* The same of one that is true or false; left alone where it is not set. 0, or -1. */
int repository_flag(struct repository *repository, bool *flag, const char *name);

/* What an object is. 0, or -1. */
int repository_type(git_object_t *type, struct repository *repository, const git_oid *id);

/* The object, which the caller frees: OWNED(git_odb_object). The limit does not matter. 0, or -1.
 */
int repository_object(git_odb_object **object, struct repository *repository, struct wanted wanted);

/*
 * The bytes of an object, in the arena. text->bytes is NULL where it is longer than the limit,
 * which is asked before it is read. 0, or -1 (also where its type is another).
 */
int repository_read(struct repository *repository, struct arena *arena, struct text *text,
		    struct wanted wanted);

/* The same of the file of a snapshot's entry, of MAX_FILE_SIZE bytes at most. 0, or -1. */
int repository_file(struct repository *repository, struct arena *arena, struct text *text,
		    const struct entry *entry);

/* The ref that HEAD names, whether it is there yet or not; NULL where it names a commit itself. In
 * the arena. 0, or -1. */
int repository_head_name(struct repository *repository, const char **name);

/* The object that a ref ends at; its name is whole, as in "refs/heads/main". 0; 1 where there is no
 * such ref, or none may have that name; or -1. */
int repository_ref(struct repository *repository, git_oid *id, const char *name);

/* The object that a revision names, a commit or a tag; for the whole run the same one. 0; 1 where
 * HEAD has no commit yet; -1. */
int repository_revision(struct repository *repository, git_oid *id, const char *revision);

/* Fail for a revision that names no commit here; where it can be fetched, say how. Returns -1. */
int repository_unknown(const struct repository *repository, const char *revision);

#endif
