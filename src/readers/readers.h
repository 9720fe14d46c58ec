#ifndef READERS_READERS_H
#define READERS_READERS_H

#include <stdbool.h>

#include "model/ahead.h"
#include "model/project.h"

/*
 * A kind of file that says something of Dockerfiles. A new one is a file with one
 * `const struct reader reader_<name>` and one line here.
 */
struct reader {
	const char *name;
	watcher *watches;
	/* How a watched file of this base name is parsed, by its text alone, as read() will ask for
	 * it; NULL: it will not. NULL itself: nothing of this kind is parsed ahead. */
	blob_parser *(*parser)(const char *name);
	/* Put what the watched files of the snapshot say into the project. 0, or -1. */
	int (*read)(struct project *project);
};

#define READERS(READER)                                                                            \
	READER(compose)                                                                            \
	READER(disguise)                                                                           \
	READER(dockerfile)                                                                         \
	READER(foreign)

#define READER_DECLARE(name) extern const struct reader reader_##name;
READERS(READER_DECLARE)

/* Does any reader watch files of this base name? */
bool readers_watch(const char *name);

/* Let a second thread read and parse the files of a snapshot that readers will ask for, where there
 * are many and no other tree had them, until their texts are more bytes than the limit. */
void readers_ahead(struct ahead *ahead, struct snapshot *snapshot, size_t limit);

/* Let every reader read, then resolve the project. 0, or -1. */
int readers_read(struct project *project);

#endif
