#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "tests/support/memory.h"

static const char *const kinds[] = {
	[ENTRY_ABSENT] = "absent", [ENTRY_FILE] = "file",           [ENTRY_DIRECTORY] = "directory",
	[ENTRY_LINK] = "link",     [ENTRY_SUBMODULE] = "submodule", [ENTRY_OUTSIDE] = "outside",
};

static struct snapshot *tree(struct arena *arena)
{
	static const char *const links[][2] = {
		{ "to-file", "a/b/file" },
		{ "to-directory", "a/b" },
		{ "a/up", "../a/./b/" },
		{ "a/root", ".." },
		{ "a/out", "../.." },
		{ "a/back", "../to-directory/../b" }, /* above what the link leads to */
		{ "a/slashes", ".//b///file" },
		{ "a/beside", "../a/b/../../b" },
		{ "a/here", "." },
		{ "a/above", "b/.." },
		{ "a/three", "b/.../file" },
		{ "absolute", "/a" },
		{ "nowhere", "a/no" },
		{ "behind-file", "a/b/file/x" },
		{ "to-submodule", "sub/x" },
		{ "empty", "" },
		{ "itself", "itself" },
		{ "round", "a/../round/x" },
	};
	struct snapshot *snapshot = memory_snapshot(arena);

	memory_file(snapshot, "a/b/file", "text", 4, false);
	memory_submodule(snapshot, "sub");
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		memory_link(snapshot, links[i][0], links[i][1], false);
	return snapshot;
}

static void follows_links_inside_of_the_tree(void **state)
{
	static const struct {
		const char *path, *kind, *stands;
	} cases[] = {
		{ ".", "directory", "." },
		{ "a/b/file", "file", "a/b/file" },
		{ "a/b/no", "absent", NULL },
		{ "no/no", "absent", NULL },
		{ "a/b/file/x", "absent", NULL },
		{ "to-file", "file", "a/b/file" },
		{ "to-file/x", "absent", NULL },
		{ "to-directory", "directory", "a/b" },
		{ "to-directory/file", "file", "a/b/file" },
		{ "to-directory/no", "absent", NULL },
		{ "a/up/file", "file", "a/b/file" },
		{ "a/root/a/root/to-file", "file", "a/b/file" },
		{ "a/root", "directory", "." },
		{ "a/back/file", "file", "a/b/file" },
		{ "a/slashes", "file", "a/b/file" },
		{ "a/beside/file", "absent", NULL },
		{ "a/here/b/file", "file", "a/b/file" },
		{ "a/here", "directory", "a" },
		{ "a/above", "directory", "a" },
		{ "a/three", "absent", NULL },
		{ "sub", "submodule", NULL },
		{ "sub/x/y", "submodule", NULL },
		{ "to-submodule", "submodule", NULL },
		{ "to-submodule/y", "submodule", NULL },
		{ "nowhere", "absent", NULL },
		{ "nowhere/x", "absent", NULL },
		{ "behind-file", "absent", NULL },
		{ "a/out", "outside", NULL },
		{ "a/out/x", "outside", NULL },
		{ "absolute", "outside", NULL },
		{ "absolute/b", "outside", NULL },
		{ "empty", "outside", NULL },
		{ "itself", "outside", NULL },
		{ "itself/x", "outside", NULL },
		{ "round", "outside", NULL },
	};
	struct arena arena = { 0 };
	struct snapshot *snapshot = tree(&arena);

	(void)state;
	/* twice, since what was found is kept */
	for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
		size_t at = i % (sizeof(cases) / sizeof(cases[0]));
		struct entry found = { 0 };

		assert_int_equal(snapshot_find(snapshot, &found, cases[at].path), 0);
		assert_string_equal(kinds[found.kind], cases[at].kind);
		if (cases[at].stands)
			assert_string_equal(found.path, cases[at].stands);
	}
	arena_release(&arena);
}

/* As many links in a row as the limit, and one more. */
static void limits_the_links_on_a_way(void **state)
{
	struct arena arena = { 0 };
	struct snapshot *snapshot = memory_snapshot(&arena);
	struct entry found = { 0 };

	(void)state;
	memory_file(snapshot, "0", "text", 4, false);
	for (int i = 1; i <= MAX_LINK_HOPS + 1; i++)
		memory_link(snapshot, arena_printf(&arena, "%d", i),
			    arena_printf(&arena, "%d", i - 1), false);
	assert_int_equal(snapshot_find(snapshot, &found, arena_printf(&arena, "%d", MAX_LINK_HOPS)),
			 0);
	assert_string_equal(kinds[found.kind], "file");
	assert_string_equal(found.path, "0");
	assert_int_equal(
		snapshot_find(snapshot, &found, arena_printf(&arena, "%d", MAX_LINK_HOPS + 1)), 0);
	assert_string_equal(kinds[found.kind], "outside");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_links_inside_of_the_tree),
		cmocka_unit_test(limits_the_links_on_a_way),
	};

	return cmocka_run_group_tests_name("snapshot", tests, NULL, NULL);
}
