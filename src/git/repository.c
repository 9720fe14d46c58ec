#include "git/repository.h"

#include <errno.h>
#include <git2/sys/repository.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/present.h"
#include "git/enclosed.h"
#include "git/handles.h"
#include "git/ids.h"
#include "git/memory.h"
#include "git/objects.h"
#include "git/packs.h"

#define PACK_WINDOW ((size_t)8 << 20) /* bytes of a pack that libgit2 maps together */

/* Settings of the library as a whole, before the first repository is opened. */
static int library_init(enum repository_mode mode)
{
	memory_for_git();
	if (git_libgit2_init() < 0)
		return fail_git("cannot start %s", "libgit2");
	/* Git has hashed what it stores; like Git itself we do not hash it again to read it. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	/* What is read twice is kept by us; the library's cache is slow once it is full. */
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	/* A pack that does not fit into the address space as a whole is read through windows. */
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, PACK_WINDOW);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, 8 * PACK_WINDOW);
#if LIBGIT2_SINCE(1, 2)
	static const char *extensions[] = { "worktreeconfig", "partialclone", "preciousobjects",
					    "relativeworktrees" };
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
			 sizeof(extensions) / sizeof(extensions[0]));
#endif
#if LIBGIT2_SINCE(1, 5)
	/* The owner matters to who runs what a configuration says; nothing here does. */
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
#endif
	if (mode == REPOSITORY_OF_USER)
		return 0;
	for (int level = GIT_CONFIG_LEVEL_PROGRAMDATA; level <= GIT_CONFIG_LEVEL_GLOBAL; level++)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
	return 0;
}

static const char *without_slash(struct arena *arena, const char *path)
{
	size_t length = path ? strlen(path) : 0;

	while (length > 1 && path[length - 1] == '/')
		length--;
	return path ? arena_copy(arena, path, length) : NULL;
}

/* git_repository_open() with what Git's own message would say of the unsupported ones. */
static int open_failed(const char *directory)
{
	const char *words = git_words();

	if (strstr(words, "extensions.objectformat") || strstr(words, "object format"))
		return fail("'%s' is a SHA-256 repository, which is not supported", directory);
	if (strstr(words, "extensions.refstorage"))
		return fail("'%s' keeps its refs as reftable, which is not supported", directory);
	return fail_git("cannot open the repository of '%s'", directory);
}

/* Is there a .git on the way up, though no repository? Then something is broken, not absent. 1 or
 * 0, or -1. */
static int has_broken(struct arena *arena, const char *directory)
{
	const char *path = NULL;
	int found = path_real(&path, arena, directory);
	size_t length = found > 0 ? strlen(path) : 0;
	struct stat status;

	/* It was removed while somebody was in it. */
	if (found == 0)
		return fail("cannot tell which directory '%s' is", directory);
	if (found < 0)
		return -1;
	while (length > 0) {
		found = present(&status, arena_printf(arena, "%.*s/.git", (int)length, path));
		if (found)
			return found;
		while (length > 0 && path[--length] != '/')
			continue;
	}
	return 0;
}

static int open_git(struct repository *repository, const char *directory, enum repository_mode mode)
{
	const char *git_dir = mode == REPOSITORY_OF_HOOK ? getenv("GIT_DIR") : NULL;
	int error = 0, broken = 1;

	if (git_dir && *git_dir)
		error = git_repository_open(&repository->git, git_dir);
	else
		error = git_repository_open_ext(&repository->git, directory, 0,
						getenv("GIT_CEILING_DIRECTORIES"));
	if (error == 0)
		return git_dir ? 0 : enclosed_check(repository->arena, repository->git, directory);
	if (error == GIT_ENOTFOUND && !git_dir && mode != REPOSITORY_OF_HOOK)
		broken = has_broken(repository->arena, directory);
	if (broken <= 0)
		return broken < 0 ? -1 : 1;
	return open_failed(git_dir ? git_dir : directory);
}

/* The commits at which a shallow clone ends (gitformat-... "shallow"): a hex id a line. */
static int read_shallow(struct repository *repository)
{
	const char *path = arena_printf(repository->arena, "%s/shallow", repository->common_dir);
	FILE *file = fopen(path, "re");
	char line[256];

	if (!file)
		return errno == ENOENT ? 0 : fail("cannot open '%s': %s", path, strerror(errno));
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\r\n")] = '\0';
		if (*line)
			map_put(&repository->shallow, repository->arena, line, repository);
	}
	if (ferror(file)) {
		(void)fclose(file);
		return fail("cannot read '%s'", path);
	}
	(void)fclose(file);
	return 0;
}

int repository_open(struct repository *repository, struct arena *arena, const char *directory,
		    enum repository_mode mode)
{
	struct object_store store = { 0 };
	const char *objects = NULL;
	int opened = 0, failed = 0;

	*repository = (struct repository){ .arena = arena, .mode = mode };
	if (library_init(mode) < 0)
		return -1;
	opened = open_git(repository, directory, mode);
	if (opened != 0)
		return opened;
	if (git_repository_head_unborn(repository->git) < 0)
		return fail_git("cannot read the HEAD of '%s'", directory);
	repository->git_dir = without_slash(arena, git_repository_path(repository->git));
	repository->common_dir = without_slash(arena, git_repository_commondir(repository->git));
	repository->work_dir = without_slash(arena, git_repository_workdir(repository->git));
	objects = arena_printf(arena, "%s/objects", repository->common_dir);
	failed = objects_open(&store, arena, objects,
			      mode == REPOSITORY_FOUND || mode == REPOSITORY_OF_HOOK);
	repository->odb = store.odb;
	repository->packs = store.packs;
	repository->object_directories = store.directories;
	if (failed)
		return -1;
	if (git_repository_set_odb(repository->git, repository->odb) < 0)
		return fail_git("cannot open the objects of '%s'", directory);
	if (read_shallow(repository) < 0)
		return -1;
	/* It may know parents that a shallow clone is without. */
	if (!repository->shallow.root)
		commit_graph_open(&repository->graph, arena, objects);
	return 0;
}

int repository_required(int absent)
{
	return absent > 0 ? fail("there is no Git repository here") : absent;
}

void repository_close(struct repository *repository)
{
	commit_graph_close(&repository->graph);
	git_odb_free(repository->odb);
	git_repository_free(repository->git);
	git_libgit2_shutdown();
	*repository = (struct repository){ 0 };
}

int repository_setting(struct repository *repository, const char **value, const char *name)
{
	OWNED(git_config) *config = NULL;
	OWNED(git_config_entry) *entry = NULL;
	int error = 0;

	*value = NULL;
	if (git_repository_config(&config, repository->git) < 0)
		return fail_git("cannot read the configuration of '%s'", repository->git_dir);
	error = git_config_get_entry(&entry, config, name);
	if (error == GIT_ENOTFOUND)
		return 0;
	if (error < 0)
		return fail_git("cannot read the setting '%s'", name);
	*value = arena_string(repository->arena, entry->value ? entry->value : "");
	return 0;
}

int repository_flag(struct repository *repository, bool *flag, const char *name)
{
	const char *value = NULL;
	int parsed = *flag;

	if (repository_setting(repository, &value, name) < 0)
		return -1;
	if (value && git_config_parse_bool(&parsed, value) < 0)
		return fail_git("cannot read the setting '%s'", name);
	*flag = parsed;
	return 0;
}

/* Did it fetch only some of the objects? */
static bool is_partial(const struct repository *repository)
{
	OWNED(git_config) *config = NULL;
	OWNED(git_config_iterator) *iterator = NULL;
	git_config_entry *entry = NULL;

	return git_repository_config(&config, repository->git) == 0 &&
	       git_config_iterator_glob_new(&iterator, config, "^remote\\..*\\.promisor$") == 0 &&
	       git_config_next(&entry, iterator) == 0;
}

static int missing(const struct repository *repository, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];
	const char *hint = "";

	git_oid_tostr(hex, sizeof(hex), id);
	/* One that is shallow as well has every object of the commits it has, but for those. */
	if (is_partial(repository))
		hint = " (this clone is partial: run 'git fetch --refetch --no-filter', or clone "
		       "without '--filter')";
	else if (repository->shallow.root)
		hint = " (this clone is shallow: run 'git fetch --unshallow', or 'fetch-depth: 0' "
		       "in CI)";
	return fail("object %s is missing%s", hex, hint);
}

static int cannot_read(const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), id);
	return fail_git("cannot read object %s", hex);
}

/* Why the library gave no object. */
static int not_read(const struct repository *repository, const git_oid *id, int error)
{
	return error == GIT_ENOTFOUND ? missing(repository, id) : cannot_read(id);
}

static int not_wanted(git_object_t found, struct wanted wanted)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), wanted.id);
	return fail("object %s is a %s where a %s should be", hex, git_object_type2string(found),
		    git_object_type2string(wanted.type));
}

int repository_type(git_object_t *type, struct repository *repository, const git_oid *id)
{
	const struct pack_object *packed = packs_read(repository->packs, id);
	size_t length = 0;

	if (packed) {
		*type = packed->type;
		return 0;
	}
	return git_odb_read_header(&length, type, repository->odb, id) < 0 ? cannot_read(id) : 0;
}

int repository_object(git_odb_object **object, struct repository *repository, struct wanted wanted)
{
	git_object_t found = wanted.type;
	int error = 0;

	if (deadline_check() < 0)
		return -1;
	error = git_odb_read(object, repository->odb, wanted.id);
	if (error < 0)
		return not_read(repository, wanted.id, error);
	found = git_odb_object_type(*object);
	return found == wanted.type ? 0 : not_wanted(found, wanted);
}

/* Is this the size of an object, as libgit2 says? Of a damaged delta it says any. */
static int check_size(struct packs *packs, const git_oid *id, size_t size)
{
	char hex[GIT_OID_HEXSZ + 1];

	if (!packs_have(packs, id) || packs_say_size(packs, id, size))
		return 0;
	id_write(hex, id->id);
	return fail("cannot read object %s: its pack does not say how large it is", hex);
}

/* The bytes of an object that libgit2 reads. */
static int read_by_library(struct repository *repository, struct arena *arena, struct text *text,
			   struct wanted wanted)
{
	OWNED(git_odb_object) *object = NULL;
	git_object_t found = wanted.type;
	size_t length = 0;
	int error = 0;

	if (wanted.limit)
		error = git_odb_read_header(&length, &found, repository->odb, wanted.id);
	if (error < 0)
		return not_read(repository, wanted.id, error);
	if (length > wanted.limit) {
		text->length = length;
		return check_size(repository->packs, wanted.id, length);
	}
	if (repository_object(&object, repository, wanted) < 0)
		return -1;
	text->length = git_odb_object_size(object);
	text->bytes = arena_copy(arena, git_odb_object_data(object), text->length);
	return 0;
}

int repository_read(struct repository *repository, struct arena *arena, struct text *text,
		    struct wanted wanted)
{
	*text = (struct text){ 0 };
	if (deadline_check() < 0)
		return -1;
	if (packs_copy(repository->packs, arena, text, wanted))
		return 0;
	return read_by_library(repository, arena, text, wanted);
}

int repository_file(struct repository *repository, struct arena *arena, struct text *text,
		    const struct entry *entry)
{
	git_oid id;

	if (id_parse(&id, entry->id) < 0)
		return fail("bad id of '%s'", entry->path);
	if (repository_read(repository, arena, text,
			    (struct wanted){ &id, GIT_OBJECT_BLOB, MAX_FILE_SIZE }) < 0)
		return fail_in("'%s'", entry->path);
	return 0;
}

int repository_head_name(struct repository *repository, const char **name)
{
	OWNED(git_reference) *head = NULL;

	*name = NULL;
	if (git_reference_lookup(&head, repository->git, "HEAD") < 0)
		return fail_git("cannot read the HEAD of '%s'", repository->git_dir);
	if (git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		*name = arena_string(repository->arena, git_reference_symbolic_target(head));
	return 0;
}

int repository_ref(struct repository *repository, git_oid *id, const char *name)
{
	int error = git_reference_name_to_id(id, repository->git, name);

	if (error == GIT_ENOTFOUND || error == GIT_EINVALIDSPEC)
		return 1;
	return error < 0 ? fail_git("cannot resolve '%s'", name) : 0;
}
