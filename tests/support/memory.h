#ifndef TESTS_SUPPORT_MEMORY_H
#define TESTS_SUPPORT_MEMORY_H

#include "model/snapshot.h"

/*
 * A snapshot made by hand, for unit tests and fuzz targets: empty at first. Directories are there
 * by what is in them. Everything lives in the arena.
 */
struct snapshot *memory_snapshot(struct arena *arena);

/* Add a file; watched says whether readers are to see it as one. */
void memory_file(struct snapshot *snapshot, const char *path, const char *bytes, size_t length,
		 bool watched);

/* Add a symbolic link or a submodule. */
void memory_link(struct snapshot *snapshot, const char *path, const char *target, bool watched);
void memory_submodule(struct snapshot *snapshot, const char *path);

#endif
