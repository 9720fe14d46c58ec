#ifndef MODEL_BLOBS_H
#define MODEL_BLOBS_H

#include "base/map.h"

#define MAX_BLOBS_SIZE (8u << 20) /* bytes of text that are kept from one tree to the next */

/*
 * What a run has read of blobs, by their ids, so that trees which share one read it once. All of it
 * is as it came from the text alone: nobody changes it afterwards.
 */
struct blobs {
	struct arena arena;
	struct map texts;       /* struct text * */
	struct map dockerfiles; /* struct dockerfile *: as dockerfile_read() leaves it */
	struct map yamls;       /* struct yaml_file * */
	size_t size;            /* bytes of the texts */
};

/* Between two trees: forget everything once it is too much. */
void blobs_trim(struct blobs *blobs);

void blobs_release(struct blobs *blobs);

#endif
