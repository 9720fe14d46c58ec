#include "tests/support/stored.h"

#include <git2/sys/mempack.h>
#include <git2/sys/repository.h>

#include "tests/support/grammar.h"

static git_odb_backend *memory;
static git_repository *repository;

static void open_memory(void)
{
	git_odb *odb = NULL;

	require(git_libgit2_init() > 0, "the library starts");
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
	require(git_odb_new(&odb) == 0 && git_mempack_new(&memory) == 0 &&
			git_odb_add_backend(odb, memory, 1) == 0 &&
			git_repository_wrap_odb(&repository, odb) == 0,
		"objects can be kept in memory");
	/* What was forgotten must not be found again. */
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	git_odb_free(odb);
}

git_object *stored(struct text content, git_object_t type)
{
	git_object *object = NULL;
	git_odb *odb = NULL;
	git_oid id;

	if (!repository)
		open_memory();
	require(git_repository_odb(&odb, repository) == 0 &&
			git_odb_write(&id, odb, content.bytes, content.length, type) == 0,
		"an object is stored");
	git_odb_free(odb);
	return git_object_lookup(&object, repository, &id, type) == 0 ? object : NULL;
}

void stored_forget(void)
{
	git_mempack_reset(memory);
}
