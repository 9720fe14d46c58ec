#include "git/pack_backend.h"

#include <dirent.h>
#include <git2/sys/odb_backend.h>
#include <string.h>

#include "git/handles.h"
#include "git/loose.h"
#include "git/mapped.h"
#include "git/pack.h"

#define MAX_PACKS                                                                                  \
	1024 /* a process may map some 65,000 files, and libgit2 wants to map some too             \
	      */

struct pack_backend {
	git_odb_backend parent; /* first, as libgit2 hands it back */
	struct VEC(struct pack) packs;
	struct pack_reader reader;
	bool is_too_large; /* the object that was asked for last */
};

/* The pack that has one object is asked first for the next one. */
const struct pack_object *pack_backend_read(struct pack_backend *backend, const git_oid *id)
{
	backend->is_too_large = false;
	vec_each (struct pack *, pack, &backend->packs) {
		const struct pack_object *object = pack_read(&backend->reader, pack, id);
		struct pack found = *pack;

		if (!object) {
			backend->is_too_large |= pack_is_too_large(&backend->reader, pack);
			continue;
		}
		*pack = backend->packs.items[0];
		backend->packs.items[0] = found;
		return object;
	}
	return NULL;
}

/* Read whole, as it is mostly read next and is kept until then; no large object comes to that. */
static int read_header(size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id)
{
	const struct pack_object *object = pack_backend_read((struct pack_backend *)parent, id);

	if (!object)
		return GIT_ENOTFOUND;
	*size = object->content.length;
	*type = object->type;
	return 0;
}

/* libgit2, which is asked next, would read it whole. */
static int too_large(const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), id);
	return fail(
		"cannot read object %s: it, or what it is packed as a change of, " OBJECT_TOO_LARGE,
		hex);
}

static int read_object(void **content, size_t *size, git_object_t *type, git_odb_backend *parent,
		       const git_oid *id)
{
	const struct pack_object *object = pack_backend_read((struct pack_backend *)parent, id);
	const struct pack_backend *backend = (const struct pack_backend *)parent;

	if (backend->is_too_large && !object)
		return too_large(id);
	if (object)
		*content = git_odb_backend_data_alloc(parent, object->content.length + 1);
	if (!object || !*content)
		return GIT_ENOTFOUND;
	memcpy(*content, object->content.bytes, object->content.length + 1);
	*size = object->content.length;
	*type = object->type;
	return 0;
}

static void release(git_odb_backend *parent)
{
	struct pack_backend *backend = (struct pack_backend *)parent;

	vec_each (const struct pack *, pack, &backend->packs) {
		mapped_close(pack->index);
		mapped_close(pack->file);
	}
	pack_reader_release(&backend->reader);
}

static void add_pack(struct pack_backend *backend, struct arena *arena, const char *path)
{
	struct pack pack = { 0 };

	if (mapped_open(&pack.index, arena_printf(arena, "%s.idx", path)) &&
	    mapped_open(&pack.file, arena_printf(arena, "%s.pack", path)) && pack_is_known(&pack)) {
		*vec_add(arena, &backend->packs) = pack;
	} else {
		mapped_close(pack.index);
		mapped_close(pack.file);
	}
}

static void add_directory(struct pack_backend *backend, struct arena *arena, const char *path)
{
	DIR *directory = opendir(path);
	const struct dirent *entry = NULL;

	while (directory && backend->packs.count < MAX_PACKS && (entry = readdir(directory))) {
		const char *end = strrchr(entry->d_name, '.');

		if (end && strcmp(end, ".idx") == 0)
			add_pack(backend, arena,
				 arena_printf(arena, "%s/%.*s", path, (int)(end - entry->d_name),
					      entry->d_name));
	}
	if (directory)
		closedir(directory);
}

int pack_backend_add(struct pack_backend **added, git_odb *odb, struct arena *arena,
		     const struct strings *directories, int priority)
{
	struct pack_backend *backend = arena_new(arena, struct pack_backend);

	backend->parent = (git_odb_backend){
		.version = GIT_ODB_BACKEND_VERSION,
		.read = read_object,
		.read_header = read_header,
		.free = release,
	};
	vec_each (const char *const *, directory, directories)
		add_directory(backend, arena, arena_printf(arena, "%s/pack", *directory));
	if (git_odb_add_backend(odb, &backend->parent, priority) < 0)
		return fail_git("cannot add %s", "the packed objects");
	*added = backend;
	return 0;
}
