#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "git/commit_object.h"
#include "tests/support/grammar.h"
#include "tests/support/stored.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_line(struct buf *lines, const char *name, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];

	buf_addf(lines, "%s %s\n", name, git_oid_tostr(hex, sizeof(hex), id));
}

/* An object begins with what was read of it, written again. */
static void require_start(const struct buf *start, struct text text)
{
	require(start->length <= text.length && memcmp(start->text, text.bytes, start->length) == 0,
		"an object begins otherwise");
}

/* The library, which looks at more of a commit, finds nothing else in one that both take. */
static void compare(const struct commit_object *commit, struct text text)
{
	git_commit *other = (git_commit *)stored(text, GIT_OBJECT_COMMIT);

	if (other) {
		require(git_oid_equal(git_commit_tree_id(other), &commit->tree), "its tree");
		require(git_commit_parentcount(other) == commit->parents, "as many parents");
		for (unsigned i = 0; i < commit->parents; i++)
			require(git_oid_equal(git_commit_parent_id(other, i),
					      &commit->parent_ids[i]),
				"a parent");
	}
	git_commit_free(other);
	stored_forget();
}

static void compare_tag(const git_oid *object, struct text text)
{
	git_tag *other = (git_tag *)stored(text, GIT_OBJECT_TAG);

	require(!other || git_oid_equal(git_tag_target_id(other), object), "its object");
	git_tag_free(other);
	stored_forget();
}

/* A commit, and a tag: whoever shows either finds the same tree, parents and object. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct text text = { arena_copy(&arena, (const char *)data, size), size };
	struct commit_object commit = { 0 };
	struct buf start = { 0 };
	git_oid object;

	if (!commit_object_read(&commit, &arena, text)) {
		add_line(&start, "tree", &commit.tree);
		for (size_t i = 0; i < commit.parents; i++)
			add_line(&start, "parent", &commit.parent_ids[i]);
		require_start(&start, text);
		require(text.length - start.length < 8 ||
				memcmp(text.bytes + start.length, "parent ", 7) != 0 ||
				!memchr(text.bytes + start.length, '\n',
					text.length - start.length),
			"a parent is left out");
		compare(&commit, text);
	}
	buf_clear(&start);
	if (!tag_object_read(&object, text)) {
		add_line(&start, "object", &object);
		require_start(&start, text);
		compare_tag(&object, text);
	}
	buf_release(&start);
	arena_release(&arena);
	return 0;
}
