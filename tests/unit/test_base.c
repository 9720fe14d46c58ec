#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/glob.h"
#include "base/map.h"
#include "base/path.h"
#include "base/sha256.h"
#include "base/utf8.h"

static int release(void **state)
{
	arena_release(*state);
	return 0;
}

static struct arena the_arena;

static int begin(void **state)
{
	*state = &the_arena;
	return 0;
}

static void map_finds_what_was_put_and_nothing_else(void **state)
{
	struct arena *arena = *state;
	struct map map = { 0 };
	static int values[5000];

	for (int i = 0; i < 5000; i++)
		map_put(&map, arena, arena_printf(arena, "key-%d", i * 7919 % 5000), &values[i]);
	assert_int_equal(map.count, 5000);
	for (int i = 0; i < 5000; i++)
		assert_ptr_equal(map_get(&map, arena_printf(arena, "key-%d", i * 7919 % 5000)),
				 &values[i]);
	assert_null(map_get(&map, "key-5000"));
	assert_null(map_get(&map, "key-"));
	assert_null(map_get(&map, ""));
}

static void map_tells_a_key_from_its_beginning(void **state)
{
	struct map map = { 0 };
	int one = 1, two = 2, three = 3;

	map_put(&map, *state, "a", &one);
	map_put(&map, *state, "ab", &two);
	map_put(&map, *state, "", &three);
	map_put(&map, *state, "a", &three);
	assert_int_equal(map.count, 3);
	assert_ptr_equal(map_get(&map, "a"), &three);
	assert_ptr_equal(map_get(&map, "ab"), &two);
	assert_ptr_equal(map_get(&map, ""), &three);
	assert_null(map_get(&map, "abc"));
}

#define KEYS 97
#define VERSIONS 400

/* What a version of a map has: the value of each key, NULL where it has none. */
static void expect_values(const struct map *map, struct arena *arena, int *const *values)
{
	struct map_walk walk = map_walk(map, arena);
	size_t count = 0;

	for (int i = 0; i < KEYS; i++) {
		assert_ptr_equal(map_get(map, arena_printf(arena, "%02x/%d", i, i % 3)), values[i]);
		if (values[i])
			assert_ptr_equal(map_next(&walk), values[i]);
		count += values[i] != NULL;
	}
	assert_null(map_next(&walk));
	assert_int_equal(map->count, count);
}

static void map_changed_leaves_the_one_before_as_it_was(void **state)
{
	struct arena *arena = *state;
	static int numbers[VERSIONS];
	static int *values[VERSIONS + 1][KEYS];
	static struct map maps[VERSIONS + 1];
	unsigned seed = 7;

	for (int i = 0; i < VERSIONS; i++) {
		int key = (int)((seed = seed * 1103515245 + 12345) >> 16) % KEYS;
		bool gone = seed >> 8 & 1;
		int *value = gone ? NULL : &numbers[i];

		memcpy(values[i + 1], values[i], sizeof(values[i]));
		values[i + 1][key] = value;
		maps[i + 1] = map_with(&maps[i], arena,
				       arena_printf(arena, "%02x/%d", key, key % 3), value);
	}
	for (int i = 0; i <= VERSIONS; i++)
		expect_values(&maps[i], arena, values[i]);
}

/* What is new in one version, seen from another. */
static void expect_news(const struct map *map, const struct map *other, struct arena *arena)
{
	struct map_walk all = map_walk(map, arena), news = map_walk_news(map, other, arena);
	const int *value = NULL;

	for (int i = 0; i < KEYS; i++) {
		const char *key = arena_printf(arena, "%02x/%d", i, i % 3);

		value = map_get(map, key);
		if (value)
			assert_ptr_equal(map_next(&all), value);
		if (value && value != map_get(other, key))
			assert_ptr_equal(map_next(&news), value);
	}
	assert_null(map_next(&news));
}

static void map_tells_what_another_has_not(void **state)
{
	struct arena *arena = *state;
	static int numbers[VERSIONS];
	static struct map maps[VERSIONS + 1];
	unsigned seed = 3;

	for (int i = 0; i < VERSIONS; i++) {
		int key = (int)((seed = seed * 1103515245 + 12345) >> 16) % KEYS;
		int from = i < 9 ? i : i - (int)(seed >> 9) % 9;

		maps[i + 1] =
			map_with(&maps[from], arena, arena_printf(arena, "%02x/%d", key, key % 3),
				 seed >> 8 & 1 ? NULL : &numbers[i]);
	}
	for (int i = 0; i <= VERSIONS; i++)
		for (int j = 0; j <= VERSIONS; j += 1 + i % 7)
			expect_news(&maps[i], &maps[j], arena);
}

struct path_case {
	const char *directory, *path, *result;
};

static void paths_are_normalised_and_stay_inside(void **state)
{
	static const struct path_case cases[] = {
		{ ".", "a/./b//c/..", "a/b" }, { "api", "Dockerfile", "api/Dockerfile" },
		{ "api", "..", "." },          { "api", "../..", NULL },
		{ ".", "..", NULL },           { ".", ".", "." },
		{ "a/b", "../../c", "c" },     { "a", "/etc/passwd", NULL },
		{ "a", "../..a", "..a" },      { "a", "b/../../../a", NULL },
		{ "a", ".b", "a/.b" },         { "..", "a", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *result = path_normalise(*state, cases[i].directory, cases[i].path);

		if (!cases[i].result)
			assert_null(result);
		else
			assert_string_equal(result, cases[i].result);
	}
}

static void paths_are_joined_without_dots(void **state)
{
	assert_string_equal(path_join(*state, "a/b", "c"), "a/b/c");
	assert_string_equal(path_join(*state, ".", "c"), "c");
	assert_string_equal(path_join(*state, "", "c"), "c");
	assert_string_equal(path_join(*state, "a", "."), "a");
}

static void paths_are_seen_from_another_directory(void **state)
{
	assert_string_equal(path_relative(*state, ".", "a/b"), "a/b");
	assert_string_equal(path_relative(*state, "a", "a/b"), "b");
	assert_string_equal(path_relative(*state, "a/b", "a/c/d"), "../c/d");
	assert_string_equal(path_relative(*state, "a/b", "c"), "../../c");
	assert_string_equal(path_relative(*state, "a/b", "c/b/d"), "../../c/b/d");
	assert_string_equal(path_relative(*state, "ab", "a/c"), "../a/c");
	assert_string_equal(path_relative(*state, "a", "ab/c"), "../ab/c");
}

static void a_path_is_within_itself_and_what_is_above(void **state)
{
	(void)state;
	assert_true(path_is_within("a/b", "a"));
	assert_true(path_is_within("a", "a"));
	assert_true(path_is_within("a", "."));
	assert_false(path_is_within("ab", "a"));
	assert_false(path_is_within("a", "a/b"));
}

struct glob_case {
	const char *pattern, *path;
	bool matches;
};

static void globs_match_whole_paths(void **state)
{
	static const struct glob_case cases[] = {
		{ "*.md", "a.md", true },
		{ "*.md", "b/a.md", false },
		{ "**/*.md", "a.md", true },
		{ "**/*.md", "b/c/a.md", true },
		{ "vendor/**", "vendor/a/b", true },
		{ "vendor/**", "vendor", false },
		{ "**/vendor/**", "x/vendor/y", true },
		{ "**/vendor/**", "xvendor/y", false },
		{ "a/**/b", "a/b", true },
		{ "a/**/b", "a/x/y/b", true },
		{ "a/**/b", "a/xb", false },
		{ "a**/b", "ab", false },
		{ "a**/b", "a/b", true },
		{ "a**/b", "ax/y/b", true },
		{ "*x**/b", "axxb", false },
		{ "*x**/b", "axx/b", true },
		{ "a?c", "abc", true },
		{ "a?c", "a/c", false },
		{ "images/*/Dockerfile", "images/x/Dockerfile", true },
		{ "images/*/Dockerfile", "images/x/y/Dockerfile", false },
		{ "**", "anything/at/all", true },
		{ "[a]", "a", false },
		{ "[a]", "[a]", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (glob_matches(cases[i].pattern, cases[i].path, false) != cases[i].matches)
			fail_msg("'%s' and '%s'", cases[i].pattern, cases[i].path);
}

static void a_star_of_a_ref_crosses_slashes(void **state)
{
	(void)state;
	assert_true(glob_matches("refs/heads/*", "refs/heads/team/topic", true));
	assert_true(glob_matches("refs/*/main", "refs/heads/x/main", true));
	assert_false(glob_matches("refs/heads/*", "refs/tags/v1", true));
}

static void a_glob_of_many_stars_takes_no_time(void **state)
{
	char pattern[2001], path[4001];

	(void)state;
	for (size_t i = 0; i < 2000; i++)
		pattern[i] = i % 2 ? '*' : 'a';
	memset(path, 'a', 4000);
	pattern[2000] = path[4000] = '\0';
	pattern[1999] = 'b';
	assert_false(glob_matches(pattern, path, false));
}

static void braces_are_multiplied_out(void **state)
{
	struct strings patterns = { 0 };

	glob_expand(&patterns, *state, "{a,b}/{c,}d");
	assert_int_equal(patterns.count, 4);
	assert_string_equal(patterns.items[0], "a/cd");
	assert_string_equal(patterns.items[1], "a/d");
	assert_string_equal(patterns.items[2], "b/cd");
	assert_string_equal(patterns.items[3], "b/d");
	assert_true(glob_is_valid("{a,b}"));
	assert_false(glob_is_valid("{a,{b}}"));
	assert_false(glob_is_valid("{a"));
	assert_false(glob_is_valid("a}"));
	assert_false(glob_is_valid(""));
}

/* The two examples of FIPS 180-4, and a million times the letter a. */
static void sha256_gives_the_standards_answers(void **state)
{
	struct sha256 hash;
	char hex[65];

	(void)state;
	sha256_init(&hash);
	sha256_add(&hash, "abc", 3);
	sha256_hex(&hash, hex);
	assert_string_equal(hex,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sha256_init(&hash);
	sha256_add(&hash, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56);
	sha256_hex(&hash, hex);
	assert_string_equal(hex,
			    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	sha256_init(&hash);
	for (int i = 0; i < 1000000; i++)
		sha256_add(&hash, "a", 1);
	sha256_hex(&hash, hex);
	assert_string_equal(hex,
			    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void ill_formed_bytes_are_replaced_by_their_maximal_subpart(void **state)
{
	assert_string_equal(utf8_replace(*state, "a\xFF"
						 "b"),
			    "a\xEF\xBF\xBD"
			    "b");
	assert_string_equal(utf8_replace(*state, "\xE2\x82"), "\xEF\xBF\xBD");
	assert_string_equal(utf8_replace(*state, "\xED\xA0\x80"),
			    "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	assert_string_equal(utf8_replace(*state, "\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");
	assert_string_equal(utf8_replace(*state, "gr\xC3\xBC\xC3\x9F"), "gr\xC3\xBC\xC3\x9F");
	assert_true(utf8_is_valid("\xEF\xBF\xBD", 3));
	assert_int_equal(utf8_count("\xF0\x9F\x90\xB3x", 5), 2);
}

static void what_a_person_sees_starts_no_command_and_moves_no_cursor(void **state)
{
	assert_string_equal(utf8_clean(*state, "a\033[2Jb\n\x7F", false), "a\\x1b[2Jb\\x0a\\x7f");
	assert_string_equal(utf8_clean(*state, "x/##[add-mask]y", false), "x/\\x23#[add-mask]y");
	assert_string_equal(utf8_clean(*state, "##VSO[task]", false), "\\x23#VSO[task]");
	assert_string_equal(utf8_clean(*state, "## a title", false), "## a title");
	assert_string_equal(utf8_clean(*state, "::error::x", false), "\\x3a:error::x");
	assert_string_equal(utf8_clean(*state, "\xE3\x80\x80::error::", false),
			    "\xE3\x80\x80\\x3a:error::");
	assert_string_equal(utf8_clean(*state, "a::b", false), "a::b");
	assert_string_equal(utf8_clean(*state,
				       "a\xE2\x80\xAE"
				       "b\xC2\x9B\xFF",
				       false),
			    "a\\u{202e}b\\u{9b}\\xff");
	assert_string_equal(utf8_clean(*state, "gr\xC3\xBC", true), "gr\\u{fc}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(map_finds_what_was_put_and_nothing_else, begin,
						release),
		cmocka_unit_test_setup_teardown(map_tells_a_key_from_its_beginning, begin, release),
		cmocka_unit_test_setup_teardown(map_changed_leaves_the_one_before_as_it_was, begin,
						release),
		cmocka_unit_test_setup_teardown(map_tells_what_another_has_not, begin, release),
		cmocka_unit_test_setup_teardown(paths_are_normalised_and_stay_inside, begin,
						release),
		cmocka_unit_test_setup_teardown(paths_are_joined_without_dots, begin, release),
		cmocka_unit_test_setup_teardown(paths_are_seen_from_another_directory, begin,
						release),
		cmocka_unit_test(a_path_is_within_itself_and_what_is_above),
		cmocka_unit_test(globs_match_whole_paths),
		cmocka_unit_test(a_star_of_a_ref_crosses_slashes),
		cmocka_unit_test(a_glob_of_many_stars_takes_no_time),
		cmocka_unit_test_setup_teardown(braces_are_multiplied_out, begin, release),
		cmocka_unit_test(sha256_gives_the_standards_answers),
		cmocka_unit_test_setup_teardown(
			ill_formed_bytes_are_replaced_by_their_maximal_subpart, begin, release),
		cmocka_unit_test_setup_teardown(
			what_a_person_sees_starts_no_command_and_moves_no_cursor, begin, release),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
