#include "cli/ci_base.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "cli/ci_fetch.h"
#include "cli/ci_target.h"
#include "git/changes.h"

#define SHORT_ID 12 /* digits of a commit that people see */

/* To pass what the workflow is of would be to pass the pull request unseen. */
static int not_pulled(void)
{
	return fail("what is checked out is not the pull request; check out 'refs/pull/N/merge' to "
		    "judge it");
}

/* A pull request, a merge request or a merge queue. */
static int measure_by_target(struct ci_base *base, struct git_source *source, struct commit *head)
{
	struct ci_target target;
	const struct commit *fork = NULL;

	if (base->event.workflow && strcmp(base->event.workflow, head->hex) == 0)
		return not_pulled();
	if (ci_target_find(&target, source, &base->event, head) < 0)
		return -1;
	fork = target.bases.count ? target.bases.items[0] : NULL;
	if (base->event.is_of_target && fork == head)
		return not_pulled();
	base->bases = target.bases;
	base->policy = target.tip;
	base->policy_name = target.name;
	base->words = fork ? arena_printf(source->arena,
					  "measured against commit %.*s, where HEAD left %s",
					  SHORT_ID, fork->hex, target.name)
			   : arena_printf(source->arena,
					  "HEAD and %s have no commit in common, so everything "
					  "counts",
					  target.name);
	return 0;
}

static int measure_by_before(struct ci_base *base, struct git_source *source, struct commit *head)
{
	const char *hex = base->event.before;
	struct ci_fetch fetch = { .repository = &source->repository, .words = { hex } };
	struct commit *before = NULL;
	int absent = ci_commit_find(&before, source, hex);

	if (absent)
		return absent < 0 ? -1
				  : ci_fetch_needed(&fetch,
						    arena_printf(source->arena,
								 "the commit before, %s,", hex));
	/* A run that is repeated may be told that the one before was of this commit. */
	if (before == head) {
		base->words = "the commit before is HEAD itself, so everything counts";
		return 0;
	}
	*vec_add(source->arena, &base->bases) = before;
	base->policy = before;
	base->policy_name = "the commit before";
	base->words = arena_printf(source->arena, "measured against the commit before, %.*s",
				   SHORT_ID, before->hex);
	return 0;
}

static int find_bases(struct ci_base *base, struct git_source *source, struct commit *head)
{
	base->policy = head;
	base->policy_name = "HEAD";
	base->words = "no commit is named to measure against, so everything counts";
	if (base->event.target || base->event.branch)
		return measure_by_target(base, source, head);
	return base->event.before ? measure_by_before(base, source, head) : 0;
}

/* "GitHub Actions, push" */
static const char *occasion(struct arena *arena, const struct ci_event *event)
{
	const char *name = event->name;

	if (!event->system)
		return getenv("CI") ? "a CI system that is not known here"
				    : "no CI system that is known here";
	if (!name)
		name = event->branch ? "pull request" : event->before ? "push" : NULL;
	return name ? arena_printf(arena, "%s, %s", event->system, name) : event->system;
}

int ci_history(struct history *history, struct git_source *source, struct ci_base *base)
{
	struct commit *head = NULL;
	const char *where = NULL;

	*base = (struct ci_base){ 0 };
	if (ci_event_find(&base->event, source->arena) < 0 ||
	    history_of_revision(history, source, "HEAD", NULL) < 0)
		return -1;
	if (history->changes.count == 0)
		return 0;
	where = occasion(source->arena, &base->event);
	if (git_source_commit(source, &head, "HEAD") != 0 || find_bases(base, source, head) < 0)
		return fail_in("%s", where);
	vec_each (struct commit **, commit, &base->bases)
		changes_add_parent(source, history->changes.items, *commit);
	base->is_guarded = base->policy != head;
	base->words = arena_printf(source->arena, "%s: %s", where, base->words);
	return 0;
}
