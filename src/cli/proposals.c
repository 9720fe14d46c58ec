#include "cli/proposals.h"

#include <stdlib.h>
#include <string.h>

#include "base/glob_cover.h"
#include "base/map.h"
#include "base/utf8.h"
#include "model/rule.h"
#include "rules/rules.h"

#define MAX_PROPOSED                                                                               \
	(128u << 10) /* bytes of paths, so that a policy of these can be read again                \
		      */

/* Proposals being made. */
struct making {
	struct proposals *proposals;
	struct unnameds *unnameds;
	struct arena *arena;
	struct map by_kind;  /* struct proposal *, by rule and subject */
	struct map proposed; /* rule, subject and path */
	struct map variants; /* paths of second Dockerfiles that are proposed */
	size_t bytes;
};

/* Why no waiver can name it; NULL where one can. */
static const char *no_name(const struct making *making, const struct finding *finding)
{
	const char *subject = finding->subject ? finding->subject : "-";

	if (!utf8_is_valid(finding->path, strlen(finding->path)) ||
	    !utf8_is_valid(subject, strlen(subject)))
		return "its name is no UTF-8, and a policy file is";
	if (!glob_can_name(finding->path))
		return "one of '*?{}' is in its name, so that its waiver would match others too";
	if (!subject[strspn(subject, " \t\r\n")])
		return "the name of what is at fault is blank";
	if (making->bytes > MAX_PROPOSED)
		return "there are too many for one policy file";
	return NULL;
}

static struct proposal *proposal_of(struct making *making, const struct finding *finding)
{
	const char *subject = finding->subject;
	const char *key = subject ? arena_printf(making->arena, "%s %s", finding->rule->id, subject)
				  : finding->rule->id;
	struct proposal *proposal = map_get(&making->by_kind, key);

	if (proposal)
		return proposal;
	proposal = arena_new(making->arena, struct proposal);
	proposal->rule = finding->rule;
	proposal->subject = subject;
	map_put(&making->by_kind, making->arena, key, proposal);
	*vec_add(making->arena, making->proposals) = proposal;
	return proposal;
}

static void propose(struct making *making, const struct finding *finding)
{
	const char *reason = no_name(making, finding);
	struct proposal *proposal = NULL;
	const char *key = NULL;

	if (reason) {
		*vec_add(making->arena, making->unnameds) = (struct unnamed){ finding, reason };
		return;
	}
	proposal = proposal_of(making, finding);
	if (finding->rule == &rule_extra_dockerfile)
		map_put(&making->variants, making->arena, finding->path, proposal);
	key = arena_printf(making->arena, "%p %s", (const void *)proposal, finding->path);
	if (map_get(&making->proposed, key))
		return;
	map_put(&making->proposed, making->arena, key, proposal);
	*vec_add(making->arena, &proposal->paths) = finding->path;
	making->bytes += strlen(finding->path);
}

static bool is_settled(const struct making *making, const struct finding *finding)
{
	return finding->rule == &rule_variant_reference && finding->dockerfile &&
	       map_get(&making->variants, finding->dockerfile);
}

static int compare(const void *a, const void *b)
{
	const struct proposal *one = *(struct proposal *const *)a;
	const struct proposal *other = *(struct proposal *const *)b;
	int order = strcmp(one->rule->id, other->rule->id);

	return order ? order
		     : strcmp(one->subject ? one->subject : "",
			      other->subject ? other->subject : "");
}

void proposals_make(struct proposals *proposals, struct unnameds *unnameds, struct arena *arena,
		    const struct findings *findings)
{
	struct making making = { .proposals = proposals, .unnameds = unnameds, .arena = arena };

	vec_each (const struct finding *, finding, findings)
		if (finding->level == LEVEL_ERROR && finding->rule == &rule_extra_dockerfile)
			propose(&making, finding);
	vec_each (const struct finding *, finding, findings)
		if (finding->level == LEVEL_ERROR && finding->rule != &rule_extra_dockerfile &&
		    !is_settled(&making, finding))
			propose(&making, finding);
	vec_sort(proposals, compare);
	vec_each (struct proposal **, proposal, proposals)
		glob_cover(&(*proposal)->patterns, arena, &(*proposal)->paths);
}

size_t proposals_count(const struct proposals *proposals)
{
	size_t count = 0;

	vec_each (struct proposal *const *, proposal, proposals)
		count += (*proposal)->patterns.count;
	return count;
}
