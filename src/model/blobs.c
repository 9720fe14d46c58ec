#include "model/blobs.h"

void blobs_release(struct blobs *blobs)
{
	arena_release(&blobs->arena);
	*blobs = (struct blobs){ 0 };
}

void blobs_trim(struct blobs *blobs)
{
	if (blobs->size > MAX_BLOBS_SIZE)
		blobs_release(blobs);
}
