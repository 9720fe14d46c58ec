#include "base/deadline.h"
#include "base/fail.h"
#include "base/pair.h"
#include "git/commits.h"
#include "git/packs.h"

#define MIN_COMMITS 500 /* that make a second thread worth its while */

/* What one of the threads reads with. */
struct warming {
	const struct commit_list *unread;
	const struct repository *repository;
	struct packs *packs;
	struct arena *arena;
};

static void read_headers(struct pair_half *half, void *context)
{
	const struct warming *warming = context;
	size_t item = 0;

	while (pair_take(half, &item)) {
		struct commit *commit = warming->unread->items[item];
		const struct pack_object *packed = packs_read(warming->packs, &commit->node.id);

		if (deadline_check() < 0)
			pair_stop(half);
		else if (packed && packed->type == GIT_OBJECT_COMMIT)
			(void)commit_parse(commit, warming->arena, warming->repository,
					   packed->content);
	}
	failure_clear();
}

/* What the refs name and nobody has read, each once. */
static struct commit_list find_unread(struct commits *commits, struct arena *scratch,
				      const struct refs *refs)
{
	struct commit_list unread = { 0 };
	struct ids seen = { 0 };

	vec_reserve(scratch, &unread, refs->count);
	vec_each (const struct ref *, ref, refs) {
		struct commit *commit = NULL;

		if (ids_get(&seen, &ref->id) || commits_find(commits, &ref->id))
			continue;
		commit = commit_new(commits->arena, &ref->id);
		ids_put(&seen, scratch, &commit->node);
		*vec_add(scratch, &unread) = commit;
	}
	return unread;
}

static void read_all(struct commits *commits, struct arena *scratch,
		     const struct commit_list *unread)
{
	struct repository *repository = commits->repository;
	struct packs *packs = arena_new(scratch, struct packs);
	struct arena others = { 0 };

	packs_share(packs, scratch, repository->packs);
	packs_expect_many(packs);
	(void)pair_work(unread->count, read_headers,
			&(struct warming){ unread, repository, repository->packs, commits->arena },
			&(struct warming){ unread, repository, packs, &others });
	pack_reader_release(&packs->reader);
	arena_join(commits->arena, &others);
}

void commits_warm(struct commits *commits, const struct refs *refs)
{
	struct arena scratch = { 0 };
	struct commit_list unread = { 0 };

	if (refs->count < MIN_COMMITS)
		return;
	unread = find_unread(commits, &scratch, refs);
	if (unread.count >= MIN_COMMITS)
		read_all(commits, &scratch, &unread);
	vec_each (struct commit **, commit, &unread)
		if (!git_oid_is_zero(&(*commit)->tree))
			ids_put(&commits->by_id, commits->arena, &(*commit)->node);
	arena_release(&scratch);
}
