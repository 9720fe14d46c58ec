#include <stdint.h>
#include <string.h>

#include "base/fail.h"
#include "merge/merge.h"
#include "rules/rules.h"
#include "tests/support/grammar.h"
#include "tests/support/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const paths[] = { "Dockerfile", "Dockerfile.dev", "compose.yaml",
				     "Dockerfile.test" };

static bool is_refused(const struct mergeds *mergeds)
{
	vec_each (const struct merged *, merged, mergeds)
		if (merged->refusals.count > 0)
			return true;
	return false;
}

/* 0, or -1. */
static int run(struct mergeds *mergeds, struct arena *arena, struct overlay *overlay)
{
	static const struct merge_options none = { .directory = "." };
	struct merge_options options = none;
	struct policy policy = { 0 };

	failure_clear();
	options.policy = &policy;
	if (policy_default(&policy, arena, rules) < 0)
		die("the default policy is wrong");
	return merge(mergeds, arena, overlay, &options);
}

/* What merging leaves has one Dockerfile, in which nothing is left to be merged. */
static void check(struct arena *arena, struct overlay *before, const char *const *texts)
{
	struct overlay after = { .below = memory_snapshot(arena) };
	struct rewrites rewrites = overlay_rewrites(before, arena);
	struct mergeds again = { 0 };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct text text = { texts[i], strlen(texts[i]) };

		vec_each (const struct rewrite *, rewrite, &rewrites)
			if (strcmp(rewrite->path, paths[i]) == 0)
				text = rewrite->after;
		if (text.bytes && *texts[i])
			memory_file(after.below, paths[i], text.bytes, text.length, true);
	}
	require(run(&again, arena, &after) == 0, "what was merged can be judged");
	require(again.count == 0, "nothing is left to be merged");
}

/* Dockerfiles of one service, and who builds them. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct text rest = { (const char *)data, size };
	struct overlay overlay = { .below = memory_snapshot(&arena) };
	struct mergeds mergeds = { 0 };
	const char *texts[sizeof(paths) / sizeof(paths[0])];

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		texts[i] = next_part(&arena, &rest);
		if (*texts[i])
			memory_file(overlay.below, paths[i], texts[i], strlen(texts[i]), true);
	}
	if (run(&mergeds, &arena, &overlay) == 0 && mergeds.count > 0 && !is_refused(&mergeds))
		check(&arena, &overlay, texts);
	arena_release(&arena);
	return 0;
}
