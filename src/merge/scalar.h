#ifndef MERGE_SCALAR_H
#define MERGE_SCALAR_H

#include <stdbool.h>

#include "model/project.h"
#include "syntax/yaml.h"

/* Some bytes of a file, and what takes their place. */
struct change_of_text {
	const char *path;
	size_t start, end;
	const char *text;
};

/*
 * Values of mappings in YAML files, changed in their text: all else stays as it is written, quotes,
 * indentation and comments. A place is a value's span, as the YAML reader gives it. Every function
 * says whether it could: false leaves all as it was.
 */
struct scalars {
	struct arena *arena;
	const struct project *project;
	struct VEC(struct change_of_text) changes;
	struct VEC(struct change_of_text) kept; /* what must stay: their text is NULL */
	struct map files;                       /* struct scalar_index *, by path */
};

/* Let nobody change a value. Does somebody want that? */
void scalar_keep(struct scalars *scalars, struct place place);
bool scalar_is_kept(const struct scalars *scalars, struct place place);

/* Does the value depend on a variable? */
bool scalar_is_variable(struct scalars *scalars, struct place place);

/* Let the value be another one, in the quotes that it has. */
bool scalar_set(struct scalars *scalars, struct place place, const char *value);

/* Let the key of the value be another one. */
bool scalar_rename(struct scalars *scalars, struct place place, const char *key, const char *now);

/* Take away the value, its key and the line if nothing else is on it. */
bool scalar_drop(struct scalars *scalars, struct place place, const char *key);

/* Add a key and its value behind the value there; in block style on a line of its own. A value that
 * is the whole of "build:" becomes a mapping with "context". */
bool scalar_add(struct scalars *scalars, struct place place, const char *key, const char *value);

/* The files that are changed, each once; and the text of one of them as it is to be. */
void scalars_paths(const struct scalars *scalars, struct strings *paths);
struct text scalars_text(struct scalars *scalars, const char *path);

#endif
