#ifndef REPORTS_REPORTS_H
#define REPORTS_REPORTS_H

#include "base/buf.h"
#include "model/report.h"

/* Members of a report that are filled in only where a format needs them. */
enum format_needs {
	NEEDS_LINE_MARKS = 1 << 0,
	NEEDS_GRAPHS = 1 << 1,
};

/*
 * A way to write a report: the same report gives the same bytes. A new one is a file with one
 * `const struct format format_<name>` and one line here. Text of a repository has to be cleaned
 * for whoever reads the format.
 */
struct format {
	const char *name;
	const char *summary; /* a few words for people */
	unsigned needs;      /* of a report, what has a price */
	void (*write)(struct buf *out, const struct report *report);
};

#define FORMATS(FORMAT)                                                                            \
	FORMAT(azure)                                                                              \
	FORMAT(checkstyle)                                                                         \
	FORMAT(github)                                                                             \
	FORMAT(github_checks)                                                                      \
	FORMAT(gitlab)                                                                             \
	FORMAT(json)                                                                               \
	FORMAT(junit)                                                                              \
	FORMAT(markdown)                                                                           \
	FORMAT(rdjson)                                                                             \
	FORMAT(sarif)                                                                              \
	FORMAT(text)

#define FORMAT_DECLARE(name) extern const struct format format_##name;
FORMATS(FORMAT_DECLARE)

/* The same as a table, ended by NULL. */
extern const struct format *const formats[];

/* The format of that name; NULL where there is none. */
const struct format *formats_find(const char *name);

/* "path:line", or the path alone of a finding about a whole file. Raw, in the arena. */
const char *place_told(struct arena *arena, const struct finding *finding);

/* "1 error", "2 errors". In the arena. */
const char *plural(struct arena *arena, size_t count, const char *noun);

#endif
