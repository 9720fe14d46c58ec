#include "cli/push_refs.h"

#include <string.h>

#include "base/fail.h"
#include "base/glob.h"
#include "git/handles.h"

/* What hosts write themselves for a pull request or while a pipeline runs for one, asking no hook:
 * GitHub, Gitea and Forgejo, Bitbucket, GitLab. */
static const char *const written_by_hosts[] = {
	"refs/pull/",        "refs/pull-requests/", "refs/merge-requests/",
	"refs/keep-around/", "refs/pipelines/",     "refs/environments/",
};

static bool is_below(const char *name, const char *directory)
{
	return strncmp(name, directory, strlen(directory)) == 0;
}

static bool is_judged(const struct policy *policy, const char *name)
{
	vec_each (const char *const *, pattern, &policy->refs)
		if (glob_matches(*pattern, name, true))
			return true;
	return policy->refs.count == 0;
}

/* Has every commit that the ref holds gone through the gate? */
static bool was_judged(const struct policy *policy, const char *name)
{
	for (size_t i = 0; i < sizeof(written_by_hosts) / sizeof(written_by_hosts[0]); i++)
		if (is_below(name, written_by_hosts[i]))
			return false;
	return is_judged(policy, name);
}

int push_refs_check(const struct push *push, struct repository *repository)
{
	vec_each (const struct ref_update *, update, &push->updates) {
		bool is_read = true;

		if (git_oid_is_zero(&update->after) || !is_below(update->target, "refs/replace/"))
			continue;
		if (repository_flag(repository, &is_read, "core.useReplaceRefs") < 0)
			return -1;
		if (is_read)
			return fail("'%s' would make Git read another object for one that was "
				    "judged; it is taken where the repository itself has "
				    "core.useReplaceRefs = false",
				    update->name);
	}
	return 0;
}

void push_refs_keep(struct push *push, struct arena *arena, const struct policy *policy)
{
	struct ref_updates updates = { 0 };
	unsigned kept = 0;

	vec_each (const struct ref_update *, update, &push->updates)
		if (is_judged(policy, update->name) || is_judged(policy, update->target))
			*vec_add(arena, &updates) = *update;
	vec_each (const struct ref *, ref, &push->known)
		if (was_judged(policy, ref->name))
			push->known.items[kept++] = *ref;
	push->updates = updates;
	push->known.count = kept;
}
