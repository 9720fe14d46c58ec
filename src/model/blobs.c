#include "model/blobs.h"

#include "model/ahead.h"
#include "model/stages.h"
#include "syntax/yaml.h"

struct blob *blobs_get(struct blobs *blobs, const char *id)
{
	struct blob *blob = table_get(&blobs->by_id, id);

	if (!blob) {
		blob = arena_new(&blobs->arena, struct blob);
		table_put(&blobs->by_id, &blobs->arena, id, blob);
	}
	if (blobs->ahead)
		ahead_take(blobs->ahead, blob);
	return blob;
}

const struct dockerfile *blob_dockerfile(struct blob *blob, struct arena *arena)
{
	struct dockerfile *file = NULL;

	if (!blob->dockerfile) {
		file = arena_new(arena, struct dockerfile);
		dockerfile_read(file, arena, blob->text);
		blob->dockerfile = file;
	}
	return blob->dockerfile;
}

const struct yaml_file *blob_yaml(struct blob *blob, struct arena *arena)
{
	struct yaml_file *file = NULL;

	if (!blob->yaml) {
		file = arena_new(arena, struct yaml_file);
		yaml_read(file, arena, blob->text);
		blob->yaml = file;
	}
	return blob->yaml;
}

void blobs_release(struct blobs *blobs)
{
	if (blobs->ahead)
		ahead_stop(blobs->ahead);
	arena_release(&blobs->arena);
	arena_release(&blobs->ahead_arena);
	*blobs = (struct blobs){ 0 };
}

void blobs_trim(struct blobs *blobs)
{
	if (blobs->size > MAX_BLOBS_SIZE)
		blobs_release(blobs);
}
