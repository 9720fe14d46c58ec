#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/fail.h"
#include "git/tree.h"
#include "tests/support/grammar.h"
#include "tests/support/stored.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct tree_entries VEC(struct tree_entry);

/* A fuzzer makes no ids: entries are a letter for the mode and the name, NULs between them. */
static void make(struct buf *tree, struct arena *arena, struct text rest)
{
	static const char *const modes[] = { "100644", "40000",  "100755", "120000",
					     "160000", "100664", "040000", "100600" };

	while (rest.length > 1) {
		unsigned char mode = (unsigned char)*rest.bytes++;

		rest.length--;
		buf_addf(tree, "%s %s", modes[mode % 8], next_part(arena, &rest));
		buf_addn(tree, "\0aaaaabbbbbcccccddddd", 21);
	}
}

/* Nobody finds two things under one name, and what was read is what is there. */
static void check(const struct tree_entries *entries, struct text text, bool padded)
{
	struct buf again = { 0 };

	vec_each (const struct tree_entry *, entry, entries) {
		require(strlen(entry->name) == entry->length && entry->length > 0, "a name");
		require(!strchr(entry->name, '/'), "no path is a name");
		require(strcasecmp(entry->name, ".git") != 0, "no repository in a tree");
		require(strspn(entry->name, ".") != entry->length || entry->length > 2, "no '..'");
		for (const struct tree_entry *before = entries->items; before < entry; before++)
			require(strcmp(before->name, entry->name) != 0, "each name once");
		buf_addf(&again, "%o %s", entry->mode, entry->name);
		buf_addc(&again, '\0');
		buf_addn(&again, (const char *)entry->id, GIT_OID_RAWSZ);
	}
	require(padded || (again.length == text.length &&
			   memcmp(buf_text(&again), text.bytes, again.length) == 0),
		"the same tree");
	buf_release(&again);
}

/* The library, which takes more trees than we do, finds nothing else in one that we take. */
static void compare(const struct tree_entries *entries, struct text text)
{
	git_tree *tree = (git_tree *)stored(text, GIT_OBJECT_TREE);

	require(tree && git_tree_entrycount(tree) == entries->count, "as many entries");
	vec_each (const struct tree_entry *, entry, entries) {
		const git_tree_entry *other =
			git_tree_entry_byindex(tree, (size_t)(entry - entries->items));

		require_same(entry->name, git_tree_entry_name(other));
		require(entry->mode == (unsigned)git_tree_entry_filemode_raw(other), "a mode");
		require(memcmp(entry->id, git_tree_entry_id(other), GIT_OID_RAWSZ) == 0, "an id");
		require(git_tree_entry_byname(tree, entry->name) == other, "by its name");
	}
	git_tree_free(tree);
	stored_forget();
}

static void read_tree(struct arena *arena, struct text text)
{
	git_oid id = { 0 };
	bool is_sound = false;
	struct tree_cursor cursor = { .text = text, .id = &id, .is_sound = &is_sound };
	struct tree_entries entries = { 0 };
	struct tree_entry entry;
	int more = 0;

	while ((more = tree_next(&cursor, &entry)) > 0)
		*vec_add(arena, &entries) = entry;
	require(is_sound == (more == 0), "sound, or a failure");
	require((failure_status() == 3) == (more < 0), "a failure has a message");
	if (is_sound) {
		check(&entries, text, cursor.padded);
		compare(&entries, text);
	}
	failure_clear();
}

/* A tree as it is, or one made of entries. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct buf tree = { 0 };

	if (size == 0)
		return 0;
	if (data[0] & 1)
		buf_addn(&tree, (const char *)data + 1, size - 1);
	else
		make(&tree, &arena, (struct text){ (const char *)data + 1, size - 1 });
	read_tree(&arena,
		  (struct text){ arena_copy(&arena, buf_text(&tree), tree.length), tree.length });
	buf_release(&tree);
	arena_release(&arena);
	return 0;
}
