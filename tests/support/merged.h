#ifndef TESTS_SUPPORT_MERGED_H
#define TESTS_SUPPORT_MERGED_H

#include "merge/merge.h"

/*
 * What merging makes of files, given as path, text, path, text, ..., NULL ("-> path" is a link), on
 * a policy of the default: for each service why it is refused, "path:line: message", else its lines
 * of references, "path:line! name" where it would break; then "== path" and the new text, or
 * "-- path", for each file that changes.
 */
void expect_merge(const char *expected, ...);

/* The same with --stage path=name, and --only path; NULL: without. */
void expect_merge_as(const char *path, const char *name, const char *only, const char *expected,
		     ...);

/* Is what is written there, in what refuses the files? "": nothing refuses them. */
void expect_refused(const char *part, ...);

/* Two files in a directory ("", or "api/"), and what they become. */
#define TWO_FILES(directory)                                                                       \
	directory "Dockerfile", "FROM a\nRUN prod\n", directory "Dockerfile.dev",                  \
		"FROM a\nRUN dev\n"
#define ONE_FILE(directory)                                                                        \
	"== " directory "Dockerfile\n"                                                             \
	"FROM a AS base\n"                                                                         \
	"\n"                                                                                       \
	"FROM base AS dev\n"                                                                       \
	"RUN dev\n"                                                                                \
	"\n"                                                                                       \
	"FROM base AS prod\n"                                                                      \
	"RUN prod\n"                                                                               \
	"-- " directory "Dockerfile.dev\n"

#endif
