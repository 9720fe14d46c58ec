#ifndef CLI_OUTPUTS_H
#define CLI_OUTPUTS_H

#include "cli/options.h"
#include "reports/reports.h"

/* A report that is asked for. */
struct output {
	const struct format *format;
	const char *file; /* NULL: standard output */
};

struct outputs VEC(struct output);

/* Those of --output, in their order, and that of --format last, text unless it says otherwise. 0,
 * or -1 with a usage failure. */
int outputs_find(struct outputs *outputs, struct arena *arena, const struct options *options);

/* The paths of those that go to files. */
void outputs_files(struct strings *files, struct arena *arena, const struct outputs *outputs);

/* What any of them needs: bits of enum format_needs. */
unsigned outputs_need(const struct outputs *outputs);

/* Write them all, also where one cannot be. 0, or -1. */
int outputs_write(const struct outputs *outputs, const struct report *report);

/* For --help: every format there is. */
void outputs_help(struct buf *out);

#endif
