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
	git_oid parsed;

	return id_parse(&parsed, id) == 0 &&
	       packs_copy(blobs->packs, arena, text,
			  (struct wanted){ &parsed, GIT_OBJECT_BLOB, MAX_FILE_SIZE });
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
