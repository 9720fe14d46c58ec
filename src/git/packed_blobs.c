#include "git/packed_blobs.h"

#include "base/limits.h"
#include "git/ids.h"

struct packed_blobs {
	struct blob_source source; /* first, as it is handed back */
	struct packs *packs;
};

static bool read_packed(struct blob_source *source, struct arena *arena, struct text *text,
			const char *id)
{
	struct packed_blobs *blobs = (struct packed_blobs *)source;
	const struct pack_object *object = NULL;
	git_oid parsed;

	if (id_parse(&parsed, id) < 0)
		return false;
	object = packs_read(blobs->packs, &parsed);
	if (!object || object->type != GIT_OBJECT_BLOB)
		return false;
	*text = (struct text){ .length = object->content.length };
	if (text->length <= MAX_FILE_SIZE)
		text->bytes = arena_copy(arena, object->content.bytes, text->length);
	return true;
}

static void release(struct blob_source *source)
{
	pack_reader_release(&((struct packed_blobs *)source)->packs->reader);
}

struct blob_source *packed_blobs(struct arena *arena, struct packs *packs, bool is_apart)
{
	struct packed_blobs *blobs = arena_new(arena, struct packed_blobs);

	blobs->source = (struct blob_source){ read_packed, is_apart ? release : NULL };
	blobs->packs = packs;
	if (is_apart) {
		blobs->packs = arena_new(arena, struct packs);
		packs_share(blobs->packs, arena, packs);
	}
	return &blobs->source;
}
