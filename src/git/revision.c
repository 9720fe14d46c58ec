/* Revisions: what people, and scripts, call a commit. */
#include <string.h>

#include "git/handles.h"
#include "git/ids.h"
#include "git/repository.h"

/* What to name to git fetch so that the revision is there afterwards; "": there is no saying. */
static const char *to_fetch(const struct repository *repository, const char *revision)
{
	static const char remote[] = "origin/";
	const char *branch = revision + sizeof(remote) - 1;

	if (strpbrk(revision, "~^@:{ "))
		return "";
	if (strncmp(revision, remote, sizeof(remote) - 1) == 0)
		return arena_printf(repository->arena, " +refs/heads/%s:refs/remotes/%s", branch,
				    revision);
	if (strspn(revision, "0123456789abcdef") == GIT_OID_HEXSZ)
		return arena_printf(repository->arena, " %s", revision);
	return arena_printf(repository->arena, " %s:%s", revision, revision);
}

int repository_unknown(const struct repository *repository, const char *revision)
{
	const char *wanted = to_fetch(repository, revision);

	if (repository->shallow.root)
		return fail("'%s' is not in this shallow clone; run 'git fetch --unshallow "
			    "origin%s' ('fetch-depth: 0' in GitHub Actions)",
			    revision, wanted);
	return fail("'%s' names no commit here; fetch it with 'git fetch origin%s'", revision,
		    wanted);
}

/* Where Git looks for a short name, the first that is there first (gitrevisions(7)). */
static const struct {
	const char *before, *behind;
} places[] = { { "refs/", "" },
	       { "refs/tags/", "" },
	       { "refs/heads/", "" },
	       { "refs/remotes/", "" },
	       { "refs/remotes/", "/HEAD" } };

/* Is a name that a ref has also the beginning of another object's id? */
static bool is_short_id(const struct repository *repository, const char *word, const git_oid *named)
{
	OWNED(git_object) *object = NULL;
	size_t length = strlen(word);
	git_oid beginning;
	int error = 0;

	if (length < GIT_OID_MINPREFIXLEN || length >= GIT_OID_HEXSZ ||
	    strspn(word, "0123456789abcdef") != length ||
	    git_oid_fromstrn(&beginning, word, length) < 0)
		return false;
	error = git_object_lookup_prefix(&object, repository->git, &beginning, length,
					 GIT_OBJECT_ANY);
	return error != GIT_ENOTFOUND && !(object && git_oid_equal(git_object_id(object), named));
}

/* Git warns of a name that means several things, and takes a tag for what was meant to be a branch.
 * Whoever may push a tag could choose what is judged, or against what. 0, or -1. */
static int check_one_meaning(struct repository *repository, const char *revision)
{
	const char *word = arena_copy(repository->arena, revision, strcspn(revision, "~^@:{"));
	const char *first = NULL;
	git_oid id, other;

	if (git_reference_name_to_id(&id, repository->git, word) == 0)
		return 0;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *name = arena_printf(repository->arena, "%s%s%s", places[i].before, word,
						places[i].behind);

		if (git_reference_name_to_id(first ? &other : &id, repository->git, name) < 0)
			continue;
		if (first && !git_oid_equal(&id, &other))
			return fail("'%s' is both '%s' and '%s'; name the one that is meant", word,
				    first, name);
		first = first ? first : name;
	}
	return first && is_short_id(repository, word, &id)
		       ? fail("'%s' is both '%s' and the beginning of an id; name the one that is "
			      "meant",
			      word, first)
		       : 0;
}

/* A whole id, or the whole name of a ref: it means nothing else. */
static bool resolve_whole(git_oid *id, struct repository *repository, const char *revision)
{
	if (strlen(revision) == GIT_OID_HEXSZ && id_parse(id, revision) == 0)
		return git_odb_exists(repository->odb, id);
	return git_reference_name_to_id(id, repository->git, revision) == 0 &&
	       git_odb_exists(repository->odb, id);
}

/* The name of a ref. The library itself would look at the object, and refuse commits that Git
 * takes: one whose author has no address. */
static bool resolve_name(git_oid *id, struct repository *repository, const char *revision)
{
	OWNED(git_reference) *found = NULL;
	OWNED(git_reference) *direct = NULL;

	if (git_reference_dwim(&found, repository->git, revision) < 0 ||
	    git_reference_resolve(&direct, found) < 0)
		return false;
	git_oid_cpy(id, git_reference_target(direct));
	return git_odb_exists(repository->odb, id);
}

static int resolve(struct repository *repository, git_oid *id, const char *revision)
{
	OWNED(git_object) *object = NULL;
	int error = 0;

	if (resolve_whole(id, repository, revision))
		return 0;
	if (check_one_meaning(repository, revision) < 0)
		return -1;
	if (resolve_name(id, repository, revision))
		return 0;
	error = git_revparse_single(&object, repository->git, revision);
	if (error == GIT_ENOTFOUND && strcmp(revision, "HEAD") == 0 &&
	    git_repository_head_unborn(repository->git) == 1)
		return 1;
	if (error == GIT_ENOTFOUND || error == GIT_EINVALIDSPEC)
		return repository_unknown(repository, revision);
	if (error < 0)
		return fail_git("cannot resolve '%s'", revision);
	git_oid_cpy(id, git_object_id(object));
	return 0;
}

int repository_revision(struct repository *repository, git_oid *id, const char *revision)
{
	git_oid *known = map_get(&repository->revisions, revision);
	int result = 0;

	if (known) {
		git_oid_cpy(id, known);
		return 0;
	}
	result = resolve(repository, id, revision);
	if (result)
		return result;
	known = arena_new(repository->arena, git_oid);
	git_oid_cpy(known, id);
	map_put(&repository->revisions, repository->arena, revision, known);
	return 0;
}
