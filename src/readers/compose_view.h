#ifndef READERS_COMPOSE_VIEW_H
#define READERS_COMPOSE_VIEW_H

#include "readers/compose.h"

/* The compose files of one directory. */
struct compose_directory {
	const char *path;
	struct strings names;
	const char *main, *override; /* paths; NULL: none */
	struct strings partial;      /* paths of views that may be meant for a default file */
	struct arena arena;
	const struct compose_model *base; /* what the default file says; NULL: not read yet */
};

struct compose_directories VEC(struct compose_directory *);

/* Files that are read as one. */
struct compose_view {
	struct compose_directory *directory;
	struct strings variables; /* paths of its .env files, the last one wins */
	struct strings files;
	const char *only; /* of this file's services alone; NULL: of all */
};

/* A view of files in a directory that are still to be named. */
struct compose_view compose_view_of(struct compose *compose, struct compose_directory *directory);

/* A view of a file laid over the default file of a directory. */
struct compose_view compose_view_laid(struct compose *compose, struct compose_directory *directory,
				      const char *path);

/* Find the default file of a directory whose names are not known. 0, or -1. */
int compose_find_main(struct compose *compose, struct compose_directory *directory);

/* The default file is to be read again, if at all. */
void compose_directory_forget(struct compose_directory *directory);

/* Read what no view builds, yet people may: the default file without its override, and what may be
 * meant to be laid over a default file, of its directory or of one above. 0, or -1. */
int compose_read_covered(struct compose *compose, struct compose_directories *directories);

/* Read a view with every value that a policy gives a variable of it. 0, or -1. */
int compose_view_read(struct compose *compose, const struct compose_view *view);

/* What the services of a file are without another file. */
struct compose_alone {
	bool complete; /* each of them could be run */
	bool partial;  /* a build of one names no context: it may be another file's that is meant */
};

/* Look at a file alone. 0, or -1. */
int compose_look(struct compose *compose, struct compose_alone *alone,
		 const struct compose_directory *directory, const char *path);

/*
 * Read what COMPOSE_FILE of the directory's .env file names, where that is more than compose files
 * of the directory, which are read anyway: a build must not hide in a file of another name. 0, or
 * -1.
 */
int compose_read_named(struct compose *compose, struct compose_directory *directory);

#endif
