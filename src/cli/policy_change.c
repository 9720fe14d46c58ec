#include "cli/policy_change.h"

#include <string.h>

#include "cli/policy_source.h"

/* What a tree has for a policy: the id of it, or the bytes where they are live and have none. */
struct found {
	struct snapshot snapshot;
	struct entry entry;
	struct text text;
};

/* The work tree is not gone through once more for one file of it. */
static int find_live(struct found *found, const struct judging *judging, struct arena *arena)
{
	const char *path = arena_printf(arena, "%s/" POLICY_FILE, judging->source.root);
	int absent = policy_file(&found->text, arena, path);

	found->entry.kind = absent ? ENTRY_ABSENT : ENTRY_FILE;
	return absent < 0 ? -1 : 0;
}

/* tree is an id; "": nothing is there; NULL: the work tree. */
static int find(struct found *found, const struct judging *judging, struct arena *arena,
		const char *tree)
{
	struct snapshot *snapshot = &found->snapshot;

	if (!tree)
		return find_live(found, judging, arena);
	if (!*tree)
		return 0;
	/* One file is asked for, and none watched. */
	if (judging->history.open(&judging->history, snapshot, arena,
				  (struct view){ tree, &(struct strings){ 0 } }) < 0)
		return -1;
	return snapshot->lookup(snapshot, &found->entry, POLICY_FILE);
}

static int read_text(struct found *found)
{
	return found->text.bytes ? 0 : snapshot_read(&found->snapshot, &found->text, &found->entry);
}

/* 1, 0 or -1. */
static int compare(struct found *one, struct found *other)
{
	if (one->entry.kind != other->entry.kind)
		return 1;
	if (one->entry.kind == ENTRY_ABSENT)
		return 0;
	if (*one->entry.id && *other->entry.id)
		return strcmp(one->entry.id, other->entry.id) != 0;
	if (read_text(one) < 0 || read_text(other) < 0)
		return -1;
	return one->text.length != other->text.length || !one->text.bytes || !other->text.bytes ||
	       memcmp(one->text.bytes, other->text.bytes, one->text.length) != 0;
}

/* 1, 0 or -1. */
static int differ(const struct judging *judging, const char *one, const char *other)
{
	struct found found_one = { 0 }, found_other = { 0 };
	struct arena scratch = { 0 };
	int result = -1;

	if (one && other && strcmp(one, other) == 0)
		return 0;
	if (find(&found_one, judging, &scratch, one) == 0 &&
	    find(&found_other, judging, &scratch, other) == 0)
		result = compare(&found_one, &found_other);
	arena_release(&scratch);
	return result;
}

/* A branch may have had another policy since long ago: is it one of these changes that brings it?
 * The last of them is at index. 1, 0 or -1. */
static int brings(const struct judging *judging, size_t index)
{
	const struct changes *changes = &judging->history.changes;

	for (;; index--) {
		const struct change *change = &changes->items[index];
		const char *parent = change->parents.count ? change->parents.items[0].tree : "";
		int changed = differ(judging, parent, change->tree);

		if (changed || index == 0)
			return changed;
		if (changes_is_last(changes, index - 1))
			return 0;
	}
}

/* Does the ref whose last change is at index come with another policy? 1, 0 or -1. */
static int is_changed(const struct judging *judging, size_t index)
{
	const struct policy *policy = &judging->policy;
	const char *tree = judging->history.changes.items[index].tree;
	int changed = tree || policy->tree ? differ(judging, policy->tree, tree) : 0;

	return changed > 0 ? brings(judging, index) : changed;
}

/* A note that is there already says whose policy counts. */
static const char *words(const struct judging *judging, const char *ref)
{
	if (judging->note)
		return arena_printf(judging->arena, "%s; '" POLICY_FILE "' is changed",
				    judging->note);
	return arena_printf(judging->arena,
			    "'" POLICY_FILE "' is changed%s%s; the policy is that of %s",
			    ref ? " in " : "", ref ? ref : "", judging->policy.place);
}

int policy_change_note(struct judging *judging)
{
	const struct changes *changes = &judging->history.changes;

	for (size_t i = 0; judging->policy.place && i < changes->count; i++) {
		const char *ref = changes->items[i].ref;
		int changed = changes_is_last(changes, i) ? is_changed(judging, i) : 0;

		if (changed < 0)
			return -1;
		if (!changed)
			continue;
		judging->note = words(judging, ref);
		break;
	}
	return 0;
}
