#include "cli/push_refs.h"

#include "base/glob.h"

static bool is_judged(const struct policy *policy, const char *name)
{
	vec_each (const char *const *, pattern, &policy->refs)
		if (glob_matches(*pattern, name, true))
			return true;
	return policy->refs.count == 0;
}

void push_refs_keep(struct push *push, struct arena *arena, const struct policy *policy)
{
	struct ref_updates updates = { 0 };
	size_t kept = 0;

	vec_each (const struct ref_update *, update, &push->updates)
		if (is_judged(policy, update->name) || is_judged(policy, update->target))
			*vec_add(arena, &updates) = *update;
	vec_each (const struct ref *, ref, &push->known)
		if (is_judged(policy, ref->name))
			push->known.items[kept++] = *ref;
	push->updates = updates;
	push->known.count = kept;
}
