#ifndef GIT_PACKED_BLOBS_H
#define GIT_PACKED_BLOBS_H

#include "git/packs.h"
#include "model/ahead.h"

/* Blobs that are in packs, for the thread that reads those, or for another one. */
struct blob_source *packed_blobs(struct arena *arena, struct packs *packs, bool is_apart);

#endif
