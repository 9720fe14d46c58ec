#ifndef MODEL_LINE_HASHES_H
#define MODEL_LINE_HASHES_H

#include <stdint.h>

#include "base/vec.h"
#include "syntax/text.h"

struct line_hash {
	uint64_t hash;
	unsigned count; /* how many lines up to this one have it */
};

/* Of each line of a text, from the first. */
struct line_hashes VEC(struct line_hash);

/*
 * What GitHub knows an alert's line by: a rolling hash of the 100 UTF-16 code units from its first
 * on, blanks left out (github/codeql-action fingerprints.ts). It is the same as long as the line
 * and what follows it are, wherever they have moved. A CR alone ends a line there. In the arena.
 */
struct line_hashes line_hashes(struct arena *arena, struct text text);

#endif
