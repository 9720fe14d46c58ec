#ifndef MODEL_BLOBS_H
#define MODEL_BLOBS_H

#include <stdbool.h>

#include "base/table.h"
#include "syntax/text.h"

#define MAX_BLOBS_SIZE (8u << 20) /* bytes of text that are kept from one tree to the next */

struct ahead;
struct dockerfile;
struct yaml_file;

/* Whose turn it is with a blob: see model/ahead.h. */
enum blob_turn {
	BLOB_OURS,
	BLOB_WAITS, /* for the thread that reads ahead, while there is one */
	BLOB_BUSY,  /* a task of that thread is being done, there or here */
};

/* What a run has read of one blob. All of it is as it came from the text alone: nobody changes it
 * afterwards. */
struct blob {
	bool is_read;
	struct text text; /* bytes NULL where it is too large */
	const struct dockerfile *dockerfile;
	const struct yaml_file *yaml;
	enum blob_turn turn;
};

/* The blobs of a run by their ids, so that trees which share one read it once. */
struct blobs {
	struct arena arena;
	struct arena ahead_arena; /* of what is read ahead */
	struct ahead *ahead;      /* NULL: nothing is, now */
	struct table by_id;       /* struct blob * */
	size_t size;              /* bytes of the texts; those read ahead count when that ends */
};

/* The blob of that id, ours until it is a task ahead. */
struct blob *blobs_get(struct blobs *blobs, const char *id);

/* What a text, which was read, is as a Dockerfile (see dockerfile_read()) and as YAML. Made once,
 * in the arena. */
const struct dockerfile *blob_dockerfile(struct blob *blob, struct arena *arena);
const struct yaml_file *blob_yaml(struct blob *blob, struct arena *arena);

/* Between two trees or areas: forget everything once it is too much. */
void blobs_trim(struct blobs *blobs);

/* Forget everything; nothing is parsed ahead any more. */
void blobs_release(struct blobs *blobs);

#endif
