#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "syntax/wildcard.h"

static const struct {
	const char *pattern, *path;
	bool matches;
} cases[] = {
	{ "a", "a", true },
	{ "a", "b", false },
	{ "a", "ab", false },
	{ "", "", true },
	{ "", "a", false },
	{ "?", "a", true },
	{ "?", "/", false },
	{ "?", "", false },
	{ "*", "", true },
	{ "*", "abc", true },
	{ "*", "a/b", false },
	{ "a*c", "abbc", true },
	{ "a*c", "ab/c", false },
	{ "**", "a/b/c", true },
	{ "**/c", "c", true },
	{ "**/c", "a/b/c", true },
	{ "**/c", "a/bc", false },
	{ "a/**", "a/b/c", true },
	{ "a/**", "a", false },
	{ "a/**/c", "a/c", true },
	{ "a/**/c", "a/b/d/c", true },
	{ "a/**/c", "a/bc", false },
	{ "a**c", "abc", true },
	{ "a**c", "a/c", false },
	{ "**c", "a/c", false },
	{ "a/**c", "a/b/c", false },
	{ "a/**c", "a/bc", true },
	{ "a/**\\/c", "a/b/c", true },
	{ "\\*", "*", true },
	{ "\\*", "a", false },
	{ "\\a", "a", true },
	{ "a\\", "a", false },
	{ "a\\", "a\\", false },
	{ "[a]", "a", true },
	{ "[a]", "b", false },
	{ "[ab]", "b", true },
	{ "[a-c]", "b", true },
	{ "[a-c]", "a", true },
	{ "[a-c]", "c", true },
	{ "[a-c]", "d", false },
	{ "[a-cx-z]", "b", true },
	{ "[a-cx-z]", "x", true },
	{ "[b-a-c]", "c", true },
	{ "[[:", "[", false },
	{ "[[:x", ":", false },
	{ "[x[:alpha:]]", "x", true },
	{ "[x[:digit:]]", "x", true },
	{ "[1[:digit:]x]", "1", true },
	{ "a/**\\c", "a/bc", true },
	{ "a/**\\c", "a/b/c", false },
	{ "[a-c]", "`", false },
	{ "[!a]", "b", true },
	{ "[!a]", "a", false },
	{ "[^a]", "b", true },
	{ "[!a]", "/", false },
	{ "[/]", "/", false },
	{ "[]]", "]", true },
	{ "[]-]", "-", true },
	{ "[a-]", "-", true },
	{ "[a-]", "a", true },
	{ "[-a]", "-", true },
	{ "[a", "a", false },
	{ "[", "[", false },
	{ "[]", "]", false },
	{ "[\\]]", "]", true },
	{ "[\\a-c]", "b", true },
	{ "[a-\\c]", "b", true },
	{ "[\\", "\\", false },
	{ "[a-\\", "a", false },
	{ "[c-a]", "b", false },
	{ "[[:alpha:]]", "x", true },
	{ "[[:alpha:]]", "1", false },
	{ "[[:digit:]x]", "x", true },
	{ "[[:digit:]]", "7", true },
	{ "[![:digit:]]", "7", false },
	{ "[[:upper:]]", "A", true },
	{ "[[:space:]]", " ", true },
	{ "[[:xdigit:]]", "f", true },
	{ "[[:punct:]]", "!", true },
	{ "[[:nope:]]", "n", false },
	{ "[[:alpha:]", "a", false },
	{ "[[:alpha]", "a", true },
	{ "[[:]", ":", true },
	{ "[[:]", "[", true },
	{ "[[:]x]", "[x]", true },
	{ "[[:alpha:]]", "\xC3", false },
	{ "[[:alpha:]-z]", "-", true },
	{ "[a-c-e]", "d", false },
	{ "[a-c-e]", "-", true },
	{ "[[]", "[", true },
	{ "*/b", "a/b", true },
	{ "*/b", "b", false },
	{ "*a*a*a*b", "aaaaaaaaaaaa", false },
};

static void matches_as_git_does(void **state)
{
	char reached[64];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text pattern = { cases[i].pattern, strlen(cases[i].pattern) };
		struct text path = { cases[i].path, strlen(cases[i].path) };

		if (wildcard_matches(pattern, path, reached) != cases[i].matches)
			fail_msg("'%s' on '%s'", cases[i].pattern, cases[i].path);
	}
}

static void expect_plain(const char *pattern, size_t length)
{
	assert_int_equal(wildcard_plain((struct text){ pattern, strlen(pattern) }), length);
}

static void knows_what_stands_for_itself(void **state)
{
	(void)state;
	expect_plain("", 0);
	expect_plain("abc", 3);
	expect_plain("ab*", 2);
	expect_plain("a?", 1);
	expect_plain("[", 0);
	expect_plain("a/b\\c", 3);
	assert_int_equal(wildcard_plain((struct text){ "a\0b*", 4 }), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matches_as_git_does),
		cmocka_unit_test(knows_what_stands_for_itself),
	};

	return cmocka_run_group_tests_name("wildcard", tests, NULL, NULL);
}
