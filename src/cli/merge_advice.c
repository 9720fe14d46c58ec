#include "cli/merge_advice.h"

#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "merge/merge.h"
#include "rules/rules.h"

/* Every service that is tried reads all watched files twice. */

static bool is_extra(const struct finding *finding)
{
	return strcmp(finding->rule->id, "extra-dockerfile") == 0;
}

static size_t count_extra(const struct findings *findings)
{
	size_t count = 0;

	vec_each (const struct finding *, finding, findings)
		count += is_extra(finding);
	return count;
}

/* The current directory as a path of the tree: 1 and *path; 0: it is none; or -1. */
static int directory_here(const struct judging *judging, const char **path)
{
	const char *work_dir = judging->source.repository.work_dir;
	const char *here = NULL, *root = NULL;
	int found = path_real(&here, judging->arena, ".");

	if (found > 0)
		found = path_real(&root, judging->arena, work_dir ? work_dir : ".");
	if (found <= 0 || !path_is_within(here, root))
		return found < 0 ? -1 : 0;
	here += strlen(root);
	*path = *here == '/' ? here + 1 : ".";
	return 1;
}

static bool is_merged(const struct mergeds *mergeds, const char *path)
{
	vec_each (const struct merged *, merged, mergeds)
		vec_each (const char *const *, variant, &merged->variants)
			if (strcmp(*variant, path) == 0)
				return merged->refusals.count == 0;
	return false;
}

/* Work out what the command would do, if that is not too much. 0, or -1. */
static int try_merge(struct judging *judging, struct mergeds *mergeds, size_t count)
{
	struct merge_options options = { .policy = &judging->policy };
	struct snapshot snapshot = { 0 };
	struct overlay overlay = { .below = &snapshot };
	int found = directory_here(judging, &options.directory);

	if (found <= 0)
		return found;
	if (judging->history.open(&judging->history, &snapshot, judging->arena,
				  (struct view){ 0 }) < 0)
		return -1;
	if (snapshot.watched.count * count > MAX_FILES_READ)
		return 0;
	return merge(mergeds, judging->arena, &overlay, &options);
}

int merge_advise(struct judging *judging, struct report *report)
{
	struct mergeds mergeds = { 0 };
	size_t count = count_extra(&report->findings);
	bool is_live =
		strcmp(report->source, "worktree") == 0 || strcmp(report->source, "staged") == 0;

	if (!is_live || count == 0)
		return 0;
	if (try_merge(judging, &mergeds, count) < 0)
		return -1;
	vec_each (struct finding *, finding, &report->findings)
		if (is_extra(finding) && is_merged(&mergeds, finding->path))
			finding->help =
				arena_printf(judging->arena, "%s; 'onedockerfile merge' does both",
					     finding->help);
	return 0;
}
