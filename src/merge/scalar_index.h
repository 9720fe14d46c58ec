#ifndef MERGE_SCALAR_INDEX_H
#define MERGE_SCALAR_INDEX_H

#include "syntax/yaml.h"

/* The scalars of a YAML file that are values, by where they begin. */
struct scalar_index {
	struct arena *arena;
	struct map values; /* struct located * */
	struct map seen;   /* mappings and lists */
};

/* A value with what it belongs to. */
struct located {
	const struct yaml *mapping, *key, *value;
};

/* Read a text; everything lives in the arena. */
void scalar_index_read(struct scalar_index *index, struct arena *arena, struct text text);

/* The value that begins at a byte; NULL: there is none. */
const struct located *scalar_index_at(const struct scalar_index *index, size_t start);

#endif
