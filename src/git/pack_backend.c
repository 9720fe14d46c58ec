#include "git/pack_backend.h"

#include <git2/sys/odb_backend.h>
#include <string.h>

#include "git/handles.h"
#include "git/loose.h"

struct pack_backend {
	git_odb_backend parent; /* first, as libgit2 hands it back */
	struct packs packs;
};

static struct pack_backend *backend_of(git_odb_backend *parent)
{
	return (struct pack_backend *)parent;
}

/* Read whole, as it is mostly read next, and is there until then; no large object comes to that. */
static int read_header(size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id)
{
	const struct pack_object *object = packs_read(&backend_of(parent)->packs, id);

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
	struct packs *packs = &backend_of(parent)->packs;
	const struct pack_object *object = packs_read(packs, id);

	if (packs->is_too_large && !object)
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

/* Without it libgit2 would open the packs a second time. */
static int exists(git_odb_backend *parent, const git_oid *id)
{
	return packs_have(&backend_of(parent)->packs, id);
}

static void release(git_odb_backend *parent)
{
	packs_close(&backend_of(parent)->packs);
}

int pack_backend_add(struct packs **packs, git_odb *odb, struct arena *arena,
		     const struct strings *directories, int priority)
{
	struct pack_backend *backend = arena_new(arena, struct pack_backend);

	backend->parent = (git_odb_backend){
		.version = GIT_ODB_BACKEND_VERSION,
		.read = read_object,
		.read_header = read_header,
		.exists = exists,
		.free = release,
	};
	vec_each (const char *const *, directory, directories)
		packs_open(&backend->packs, arena, arena_printf(arena, "%s/pack", *directory));
	if (git_odb_add_backend(odb, &backend->parent, priority) < 0)
		return fail_git("cannot add %s", "the packed objects");
	*packs = &backend->packs;
	return 0;
}
