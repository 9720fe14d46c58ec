#include "git/packs.h"

#include <dirent.h>
#include <string.h>

/* A process may map some 65,000 files, and libgit2 wants to map some too. */
#define MAX_PACKS 1024
/* And open some 1,000: each of these packs has two. */
#define MAX_OPEN 32

static void add(struct packs *packs, struct arena *arena, const char *path)
{
	struct pack pack = { 0 };
	bool is_read = packs->all.count < MAX_OPEN;

	if (window_open(&pack.index, arena_printf(arena, "%s.idx", path), is_read) &&
	    window_open(&pack.file, arena_printf(arena, "%s.pack", path), is_read) &&
	    pack_is_known(&pack)) {
		*vec_add(arena, &packs->all) = pack;
	} else {
		window_close(&pack.index);
		window_close(&pack.file);
	}
}

void packs_open(struct packs *packs, struct arena *arena, const char *path)
{
	DIR *directory = opendir(path);
	const struct dirent *entry = NULL;

	while (directory && packs->all.count < MAX_PACKS && (entry = readdir(directory))) {
		const char *end = strrchr(entry->d_name, '.');

		if (end && strcmp(end, ".idx") == 0)
			add(packs, arena,
			    arena_printf(arena, "%s/%.*s", path, (int)(end - entry->d_name),
					 entry->d_name));
	}
	if (directory)
		closedir(directory);
}

/* The pack that has one object is asked first for the next one. */
const struct pack_object *packs_read(struct packs *packs, const git_oid *id)
{
	packs->is_too_large = false;
	vec_each (struct pack *, pack, &packs->all) {
		const struct pack_object *object = pack_read(&packs->reader, pack, id);
		struct pack found = *pack;

		if (!object) {
			packs->is_too_large |= pack_is_too_large(&packs->reader, pack);
			continue;
		}
		*pack = packs->all.items[0];
		packs->all.items[0] = found;
		return object;
	}
	return NULL;
}

bool packs_copy(struct packs *packs, struct arena *arena, struct text *text, struct wanted wanted)
{
	const struct pack_object *object = packs_read(packs, wanted.id);

	*text = (struct text){ 0 };
	if (!object)
		return false;
	if (wanted.limit && object->content.length > wanted.limit) {
		text->length = object->content.length;
		return true;
	}
	if (object->type != wanted.type)
		return false;
	text->length = object->content.length;
	text->bytes = arena_copy(arena, object->content.bytes, text->length);
	return true;
}

bool packs_have(struct packs *packs, const git_oid *id)
{
	vec_each (const struct pack *, pack, &packs->all)
		if (pack_has(&packs->reader, pack, id))
			return true;
	return false;
}

bool packs_say_size(struct packs *packs, const git_oid *id, size_t size)
{
	vec_each (const struct pack *, pack, &packs->all)
		if (pack_says_size(&packs->reader, pack, id, size))
			return true;
	return false;
}

size_t packs_count(const struct packs *packs)
{
	size_t count = 0;

	vec_each (const struct pack *, pack, &packs->all)
		count += pack_count(pack);
	return count;
}

void packs_expect_many(struct packs *packs)
{
	packs->reader.of_index.count = packs->reader.of_file.count = MAX_WINDOWS;
}

void packs_share(struct packs *shared, struct arena *arena, const struct packs *packs)
{
	shared->reader.passes_once = true;
	vec_each (const struct pack *, pack, &packs->all)
		*vec_add(arena, &shared->all) = *pack;
}

void packs_close(struct packs *packs)
{
	vec_each (struct pack *, pack, &packs->all) {
		window_close(&pack->index);
		window_close(&pack->file);
	}
	pack_reader_release(&packs->reader);
}
