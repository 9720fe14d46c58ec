#include "git/queue.h"

static bool before(const struct queue *queue, const struct commit *a, const struct commit *b)
{
	if (a->date != b->date)
		return (a->date > b->date) != queue->oldest_first;
	return git_oid_cmp(&a->node.id, &b->node.id) < 0;
}

static bool is_lively(const struct queue *queue, const struct commit *commit)
{
	return (commit->flags & COMMIT_QUEUED) && !(commit->flags & queue->dull);
}

void queue_add(struct queue *queue, struct commit *commit)
{
	struct commit **items = NULL;
	size_t at = queue->list.count;

	if (commit->flags & COMMIT_QUEUED)
		return;
	commit->flags |= COMMIT_QUEUED;
	queue->lively += is_lively(queue, commit);
	*vec_add(queue->arena, &queue->list) = commit;
	items = queue->list.items;
	while (at > 0 && before(queue, commit, items[(at - 1) / 2])) {
		items[at] = items[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	items[at] = commit;
}

struct commit *queue_take(struct queue *queue)
{
	struct commit **items = queue->list.items;
	struct commit *top = items[0];
	struct commit *last = items[--queue->list.count];
	size_t at = 0;

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= queue->list.count)
			break;
		if (child + 1 < queue->list.count && before(queue, items[child + 1], items[child]))
			child++;
		if (!before(queue, items[child], last))
			break;
		items[at] = items[child];
		at = child;
	}
	items[at] = last;
	queue->lively -= is_lively(queue, top);
	top->flags &= ~COMMIT_QUEUED;
	return top;
}

void queue_end(struct queue *queue)
{
	vec_each (struct commit **, commit, &queue->list)
		(*commit)->flags &= ~(unsigned)COMMIT_QUEUED;
	*queue = (struct queue){ 0 };
}

void queue_mark(struct queue *queue, struct commit *commit, unsigned flags)
{
	bool was_lively = is_lively(queue, commit);

	commit->flags |= flags;
	queue->lively -= was_lively && !is_lively(queue, commit);
}
