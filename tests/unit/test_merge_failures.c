/* Each question to the tree, and each read of a file, fails once: then nothing is merged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/fail.h"
#include "merge/merge.h"
#include "rules/rules.h"
#include "tests/support/memory.h"

#define MANY 10000

/* How many times the tree answers, and what does so. */
static unsigned answers;
static int (*look_up)(struct snapshot *, struct entry *, const char *);
static int (*read_bytes)(struct snapshot *, struct arena *, struct text *, const struct entry *);

static int answer(void)
{
	if (answers == 0)
		return fail("the tree is gone");
	answers--;
	return 0;
}

static int look_up_if(struct snapshot *snapshot, struct entry *found, const char *path)
{
	return answer() < 0 ? -1 : look_up(snapshot, found, path);
}

static int read_if(struct snapshot *snapshot, struct arena *arena, struct text *text,
		   const struct entry *entry)
{
	return answer() < 0 ? -1 : read_bytes(snapshot, arena, text, entry);
}

/* Two services, in all that merging asks about: ignore files, builds, and who speaks of a file. */
static struct snapshot *make_tree(struct arena *arena)
{
	static const char *const files[][2] = {
		{ ".dockerignore", "x\n" },
		{ "Dockerfile", "FROM a\nRUN prod\n" },
		{ "Dockerfile.dev", "FROM a\nRUN dev\n" },
		{ "Dockerfile.dev.dockerignore", "x\n" },
		{ "Dockerfile.containerignore", "y\n" },
		{ "Dockerfile.dev.containerignore", "y\n" },
		{ "api/Dockerfile", "FROM b\nRUN prod\n" },
		{ "api/Dockerfile.dev", "FROM b\nRUN dev\n" },
		{ "compose.yaml", "services:\n"
				  "  dev: {build: {context: ., dockerfile: Dockerfile.dev}}\n"
				  "  api: {build: {context: api, dockerfile: Dockerfile.dev}}\n" },
		{ "ci/build.sh", "docker build -f ./Dockerfile.dev ..\n"
				 "docker build -f ../api/Dockerfile.dev ..\n" },
	};
	struct snapshot *snapshot = memory_snapshot(arena);

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		memory_file(snapshot, files[i][0], files[i][1], strlen(files[i][1]),
			    !strstr(files[i][0], "ignore"));
	look_up = snapshot->lookup;
	read_bytes = snapshot->read;
	snapshot->lookup = look_up_if;
	snapshot->read = read_if;
	return snapshot;
}

/* Is it merged by a tree that answers that often? */
static bool is_merged(unsigned times)
{
	struct arena arena = { 0 };
	struct policy policy;
	struct merge_options options = { .policy = &policy, .directory = "." };
	struct overlay overlay = { 0 };
	struct mergeds mergeds = { 0 };
	int result = -1;

	failure_clear();
	assert_int_equal(policy_default(&policy, &arena, rules), 0);
	overlay.below = make_tree(&arena);
	answers = times;
	result = merge(&mergeds, &arena, &overlay, &options);
	if (result == 0) {
		assert_int_equal(failure_status(), 0);
		assert_int_equal(mergeds.count, 2);
		assert_int_equal(mergeds.items[0].refusals.count, 0);
		assert_int_equal(mergeds.items[1].refusals.count, 0);
	} else {
		assert_int_equal(answers, 0);
		assert_int_equal(failure_status(), 3);
	}
	arena_release(&arena);
	return result == 0;
}

static void fails_with_the_tree_wherever_that_does(void **state)
{
	unsigned needed = 0;

	(void)state;
	assert_true(is_merged(MANY));
	needed = MANY - answers;
	for (unsigned times = 0; times < needed; times++)
		assert_false(is_merged(times));
	failure_clear();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fails_with_the_tree_wherever_that_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
