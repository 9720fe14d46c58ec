#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is another */

#include "base/fail.h"
#include "base/limits.h"
#include "git/commits.h"
#include "git/tree.h"
#include "tests/support/history.h"

/* Limits that are too large to be reached in a test: what was counted so far is set. The repository
 * has three commits, the last with four trees and five entries. */
static char directory[] = "/tmp/test_limits.XXXXXX";
static const char history[] =
	"git init -q -b main . && git config user.name a && git config user.email a@b &&"
	"for i in 1 2 3; do mkdir -p $i/d && echo FROM a >$i/d/Dockerfile && git add . &&"
	"  git commit -q -m $i; done && git rm -rq 2/d 3/d && mkdir 1/e && echo >1/e/f &&"
	"git add . && git commit -q --amend -m 3";

struct fixture {
	struct arena arena;
	struct repository repository;
};

static int enter(void **state)
{
	(void)state;
	return history_enter(directory, history);
}

static int leave(void **state)
{
	(void)state;
	return history_leave(directory);
}

static void set_up(struct fixture *fixture)
{
	*fixture = (struct fixture){ 0 };
	failure_clear();
	assert_int_equal(
		repository_open(&fixture->repository, &fixture->arena, ".", REPOSITORY_FOUND), 0);
}

static void tear_down(struct fixture *fixture)
{
	repository_close(&fixture->repository);
	arena_release(&fixture->arena);
}

static struct commit *tip_of(struct fixture *fixture, struct commits *commits)
{
	struct commit *tip = NULL;
	git_oid id;

	*commits = (struct commits){ .repository = &fixture->repository, .arena = &fixture->arena };
	assert_int_equal(repository_revision(&fixture->repository, &id, "main"), 0);
	assert_int_equal(commits_get(commits, &tip, &id), 0);
	return tip;
}

/* What a walk says after so many commits. */
static const char *walked(struct fixture *fixture, size_t before)
{
	struct commit_list tips = { 0 }, hidden = { 0 };
	struct commits commits;

	set_up(fixture);
	*vec_add(&fixture->arena, &tips) = tip_of(fixture, &commits);
	commits.new_count = before;
	return commits_walk(&commits, &tips, &hidden) < 0 ? failure_message() : "";
}

static void limits_the_commits_of_a_run(void **state)
{
	struct fixture fixture;
	char expected[128];
	git_oid root;

	(void)state;
	assert_string_equal(walked(&fixture, MAX_COMMITS - 3), "");
	assert_int_equal(repository_revision(&fixture.repository, &root, "main~2"), 0);
	tear_down(&fixture);
	snprintf(expected, sizeof(expected),
		 "more than 200000 commits are new, as of commit %s; bring them in parts",
		 git_oid_tostr_s(&root));
	assert_string_equal(walked(&fixture, MAX_COMMITS - 2), expected);
	tear_down(&fixture);
}

static bool watches(const char *name)
{
	return strcmp(name, "Dockerfile") == 0;
}

/* What is said of the last commit's tree after so many others. */
static const char *summarised(struct fixture *fixture, size_t trees, size_t entries)
{
	const struct tree_summary *summary = NULL;
	struct commits commits;
	struct trees read = { .repository = &fixture->repository,
			      .arena = &fixture->arena,
			      .watches = watches };
	int failed = 0;

	set_up(fixture);
	read.count = trees;
	read.entry_count = entries;
	failed = trees_summary(&read, &summary, &tip_of(fixture, &commits)->tree, 0);
	trees_release(&read);
	return failed < 0 ? failure_message() : "";
}

static void expect_summary(size_t trees, size_t entries, const char *expected)
{
	struct fixture fixture;
	const char *message = summarised(&fixture, trees, entries);

	/* "tree ID comes ..." */
	assert_string_equal(*message ? message + strlen("tree ") + GIT_OID_HEXSZ : "", expected);
	tear_down(&fixture);
}

static void limits_what_is_read_of_a_commit(void **state)
{
	(void)state;
	expect_summary(MAX_TREES - 4, MAX_TREE_ENTRIES - 5, "");
	expect_summary(MAX_TREES - 3, 0, " comes after more than 200000 trees of one commit");
	expect_summary(0, MAX_TREE_ENTRIES - 4,
		       " comes after more than 5000000 entries of the trees of one commit");
}

/* Each comparison counts for itself, both sides of a tree as one. */
static void limits_what_is_compared(void **state)
{
	struct fixture fixture;
	struct trees trees = { 0 };

	(void)state;
	set_up(&fixture);
	trees.count = MAX_TREES;
	trees.entry_count = MAX_TREE_ENTRIES;
	assert_int_equal(trees_take(&trees, &(git_oid){ 0 }, 0), -1);
	trees_begin(&trees);
	assert_int_equal(trees_take(&trees, &(git_oid){ 0 }, MAX_TREE_ENTRIES), 0);
	tear_down(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_the_commits_of_a_run),
		cmocka_unit_test(limits_what_is_read_of_a_commit),
		cmocka_unit_test(limits_what_is_compared),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
