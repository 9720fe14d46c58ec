#include "cli/ci_target.h"

#include <string.h>

#include "base/fail.h"
#include "cli/ci_fetch.h"
#include "git/changes.h"

/* A look for the target in progress. */
struct search {
	struct git_source *source;
	const struct ci_event *event;
	struct commit *head;
	struct ci_target *target;
	const char *id; /* of the target's tip; NULL: only the name of its branch is known */
};

/* Does HEAD name that commit as a parent? Then it is the merge base, whatever else is here. */
static bool is_parent(const struct commit *head, const char *id)
{
	for (size_t i = 0; id && i < head->named; i++)
		if (git_oid_streq(&head->parent_ids[i], id) == 0)
			return true;
	return false;
}

/* Say what is missing, and how it is fetched. Returns -1. */
static int fetch_needed(const struct search *search, const char *missing)
{
	struct repository *repository = &search->source->repository;
	const struct ci_event *event = search->event;
	struct ci_fetch fetch = { .repository = repository };

	fetch.words[0] =
		search->id ? search->id : ci_fetch_branch(repository->arena, event->branch);
	/* Of a clone that has all other history, the rest comes with the target. */
	if (repository->shallow.root && !is_parent(search->head, search->id)) {
		fetch.words[1] = event->fork;
		fetch.wants_history = !event->fork;
	}
	return ci_fetch_needed(&fetch, missing);
}

int ci_commit_find(struct commit **commit, struct git_source *source, const char *hex)
{
	git_oid id;

	return id_parse(&id, hex) < 0 ? fail("bad id '%s'", hex)
				      : git_source_object(source, commit, &id);
}

/* A branch as it was fetched. What is checked out may have any name, also that of the target, and
 * is not taken for it. 0; 1 where it is not here; or -1. */
static int find_branch(struct commit **commit, struct git_source *source, const char *name)
{
	struct repository *repository = &source->repository;
	const char *remote = arena_printf(source->arena, "refs/remotes/origin/%s", name);
	const char *local = arena_printf(source->arena, "refs/heads/%s", name);
	const char *head = NULL;
	git_oid id;
	int absent = repository_ref(repository, &id, remote);

	if (absent > 0) {
		if (repository_head_name(repository, &head) < 0)
			return -1;
		if (!head || strcmp(head, local) != 0)
			absent = repository_ref(repository, &id, local);
	}
	return absent ? absent : git_source_object(source, commit, &id);
}

static int find_tip(struct search *search)
{
	const struct ci_event *event = search->event;
	const struct commit *head = search->head;
	struct git_source *source = search->source;
	struct ci_target *target = search->target;
	int absent = 0;

	search->id = event->target;
	/* It may be newer than what the event says. */
	if (event->merge && strcmp(event->merge, head->hex) == 0 && head->named > 1)
		search->id = id_hex(source->arena, &head->parent_ids[0]);
	target->name = event->branch ? arena_printf(source->arena, "the target '%s'", event->branch)
				     : "the target";
	absent = search->id ? ci_commit_find(&target->tip, source, search->id)
			    : find_branch(&target->tip, source, event->branch);
	return absent > 0 ? fetch_needed(search, target->name) : absent;
}

/* Is the answer certain: does one of the two ends reach the other, or was all history there? */
static bool is_certain(const struct search *search, const struct merge_bases *bases)
{
	vec_each (struct commit **, base, &bases->list)
		if (*base == search->head || *base == search->target->tip)
			return true;
	return !bases->is_cut;
}

/* Where history is missing, what the system has found counts. */
static int take_fork(struct search *search)
{
	struct git_source *source = search->source;
	struct ci_target *target = search->target;
	const char *id = search->event->fork;
	struct commit *fork = NULL;
	int absent = id ? ci_commit_find(&fork, source, id) : 1;

	if (absent > 0)
		return fetch_needed(search,
				    arena_printf(source->arena, "the commit at which HEAD left %s",
						 target->name));
	if (absent < 0)
		return -1;
	target->bases.count = 0;
	*vec_add(source->arena, &target->bases) = fork;
	return 0;
}

static int find_bases(struct search *search)
{
	struct git_source *source = search->source;
	struct ci_target *target = search->target;
	struct merge_bases bases = { 0 };

	if (is_parent(search->head, target->tip->hex)) {
		*vec_add(source->arena, &target->bases) = target->tip;
		return 0;
	}
	if (commits_merge_bases(&source->commits, &bases, search->head, target->tip) < 0)
		return -1;
	target->bases = bases.list;
	return is_certain(search, &bases) ? 0 : take_fork(search);
}

int ci_target_find(struct ci_target *target, struct git_source *source,
		   const struct ci_event *event, struct commit *head)
{
	struct search search = { source, event, head, target, NULL };

	*target = (struct ci_target){ 0 };
	return find_tip(&search) < 0 ? -1 : find_bases(&search);
}
