#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/path.h"
#include "model/attributes.h"
#include "syntax/attributes.h"
#include "syntax/wildcard.h"
#include "tests/support/memory.h"

/* A tree that is made by hand: paths and texts, ended by NULL. */
struct fixture {
	struct arena arena;
	struct project project;
};

static void set_up(struct fixture *fixture, const char *const *files)
{
	*fixture = (struct fixture){ 0 };
	fixture->project.arena = &fixture->arena;
	fixture->project.snapshot = memory_snapshot(&fixture->arena);
	for (; *files; files += 2)
		memory_file(fixture->project.snapshot, files[0], files[1], strlen(files[1]), false);
}

/* What changes each path, one line each; "-": nothing does. */
static void expect(const char *const *files, const char *const *paths, const char *expected)
{
	struct fixture fixture;
	struct buf out = { 0 };

	set_up(&fixture, files);
	for (; *paths; paths++) {
		const char *reason = NULL;

		assert_int_equal(attributes_change(&fixture.project, &reason, *paths), 0);
		buf_addf(&out, "%s: %s\n", *paths, reason ? reason : "-");
	}
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&fixture.arena);
}

/* Does a root file of this text change the path? */
static bool is_changed(const char *text, const char *path)
{
	const char *const files[] = { ".gitattributes", text, NULL };
	const char *reason = NULL;
	struct fixture fixture;

	set_up(&fixture, files);
	assert_int_equal(attributes_change(&fixture.project, &reason, path), 0);
	arena_release(&fixture.arena);
	return reason;
}

static void changes_nothing_without_a_file(void **state)
{
	static const char *const files[] = { "a/Dockerfile", "FROM x\n", NULL };
	static const char *const paths[] = { "a/Dockerfile", "Dockerfile", NULL };

	(void)state;
	expect(files, paths, "a/Dockerfile: -\nDockerfile: -\n");
}

static void says_which_line_of_which_file_changes_it(void **state)
{
	static const char *const files[] = { ".gitattributes",
					     "# what is large\n"
					     "*.psd filter=lfs\n"
					     "Dockerfile ident\n",
					     "a/.gitattributes",
					     "*.dev filter=crypt\n",
					     "b/.gitattributes",
					     "Dockerfile working-tree-encoding=UTF-16\n",
					     NULL };
	static const char *const paths[] = { "Dockerfile",         "a/b/Dockerfile",
					     "a/b/Dockerfile.dev", "Dockerfile.dev",
					     "b/Dockerfile",       NULL };

	(void)state;
	expect(files, paths,
	       "Dockerfile: it is changed by an attribute, 'ident' in line 3 of "
	       "'.gitattributes'\n"
	       "a/b/Dockerfile: it is changed by an attribute, 'ident' in line 3 of "
	       "'.gitattributes'\n"
	       "a/b/Dockerfile.dev: it is changed by an attribute, 'filter' in line 1 of "
	       "'a/.gitattributes'\n"
	       "Dockerfile.dev: -\n"
	       "b/Dockerfile: it is changed by an attribute, 'ident' in line 3 of "
	       "'.gitattributes'\n");
}

static void takes_the_nearest_file_and_its_last_line(void **state)
{
	static const char *const files[] = {
		".gitattributes",          "* filter=x\n",     "a/.gitattributes",
		"* filter=y\n* -filter\n", "b/.gitattributes", "* -filter\n* filter=y\n",
		"c/.gitattributes",        "* !filter\n",      NULL
	};
	static const char *const paths[] = { "a/Dockerfile", "b/Dockerfile", "c/d/Dockerfile",
					     "d/Dockerfile", NULL };

	(void)state;
	expect(files, paths,
	       "a/Dockerfile: -\n"
	       "b/Dockerfile: it is changed by an attribute, 'filter' in line 2 of "
	       "'b/.gitattributes'\n"
	       "c/d/Dockerfile: -\n"
	       "d/Dockerfile: it is changed by an attribute, 'filter' in line 1 of "
	       "'.gitattributes'\n");
}

static void knows_which_values_change_a_file(void **state)
{
	static const char *const changing[] = { "filter=lfs", "ident",
						"working-tree-encoding=UTF-16",
						"working-tree-encoding", "text filter=a -diff" };
	static const char *const harmless[] = { "filter",
						"-filter",
						"filter=",
						"-ident",
						"ident=yes",
						"working-tree-encoding=UTF-8",
						"working-tree-encoding=utf8",
						"-working-tree-encoding",
						"text=auto eol=crlf",
						"binary",
						"export-ignore",
						"filter=lfs --bad",
						"filter=lfs b@d" };
	char line[100];

	(void)state;
	for (size_t i = 0; i < sizeof(changing) / sizeof(changing[0]); i++) {
		snprintf(line, sizeof(line), "Dockerfile %s\n", changing[i]);
		assert_true(is_changed(line, "a/Dockerfile"));
	}
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
		snprintf(line, sizeof(line), "Dockerfile %s\n", harmless[i]);
		assert_false(is_changed(line, "a/Dockerfile"));
	}
}

static void expands_macros_of_the_root(void **state)
{
	static const char *const files[] = { ".gitattributes",
					     "Dockerfile secret\n"
					     "[attr]secret crypt diff=none\n"
					     "[attr]crypt filter=crypt\n",
					     "a/.gitattributes",
					     "Dockerfile -secret\n",
					     "b/.gitattributes",
					     "[attr]mine ident\nDockerfile -secret mine\n",
					     NULL };
	static const char *const paths[] = { "Dockerfile", "a/Dockerfile", "b/Dockerfile", NULL };

	(void)state;
	expect(files, paths,
	       "Dockerfile: it is changed by an attribute, 'filter' in line 1 of "
	       "'.gitattributes'\n"
	       "a/Dockerfile: -\n"
	       "b/Dockerfile: -\n");
	assert_true(is_changed("* binary\n[attr]binary filter=x\n", "Dockerfile"));
	assert_false(is_changed("* one\n[attr]one two\n[attr]two one\n", "Dockerfile"));
}

static void reads_lines_as_git_does(void **state)
{
	(void)state;
	assert_true(is_changed("\xEF\xBB\xBF  Dockerfile\tident\r\n", "Dockerfile"));
	assert_true(is_changed("\"Docker\\146ile\" ident\n", "Dockerfile"));
	assert_true(is_changed("\"a b/\\303\\251/\\\"x\\\".Dockerfile\"ident",
			       "a b/é/\"x\".Dockerfile"));
	assert_false(is_changed("\"Dockerfile ident\n", "Dockerfile"));
	assert_false(is_changed("\"Dockerfile\\8\" ident\n", "Dockerfile"));
	assert_false(is_changed("\"Docker\\446ile\" ident\n", "Docker&ile"));
	assert_false(is_changed("\"Dockerfile\\08a\"ident\n", "Dockerfile"));
	assert_false(is_changed("!Dockerfile ident\n", "Dockerfile"));
	assert_false(is_changed("!Dockerfile ident\n", "!Dockerfile"));
	assert_false(is_changed("a/ ident\n", "a/Dockerfile"));
	assert_false(is_changed("Dockerfile # ident\n", "Dockerfile"));
}

/* As `git check-attr ident` answers. */
static void drops_lines_as_git_does(void **state)
{
	static const char *const set[] = {
		"Dockerfile -ident ident", "Dockerfile a_b.c-9 ident",
		"Dockerfile Zz=1 ident",   "[attr] ident\nDockerfile ident",
		"[attr]x ident\n* x",      "[attr]x y ident\n* x",
		"[attr]x  \t ident\n* x",  "  # x\nDockerfile ident",
		" \t\nDockerfile ident",   "\\Dockerfile ident",
		"Docker* ident",           "/Dockerfile ident",
		"[attr]ident\n* ident"
	};
	static const char *const other[] = { "Dockerfile ident -ident",
					     "Dockerfile ident !ident",
					     "Dockerfile a$ ident",
					     "Dockerfile - ident",
					     "Dockerfile ! ident",
					     "Dockerfile =x ident",
					     "Dockerfile --x ident",
					     "Dockerfile -!ident",
					     "Dockerfile {a} ident",
					     "Dockerfile [a] ident",
					     "Dockerfile @ ident",
					     "Dockerfile a/b ident",
					     "Dockerfile a:b ident",
					     "[attr]-x ident\nDockerfile -x",
					     "Dockerfile\n* text",
					     "#Dockerfile ident",
					     "\\#Dockerfile ident",
					     "Dockerfile\fident",
					     "Dockerfile\vident",
					     "/ ident",
					     "Dockerfile/ ident",
					     "Dockerfile ident=",
					     "Dockerfile ident=true",
					     "Dockerfile =",
					     "[attr]x ident\nDockerfile x=1",
					     "[attr]x ident\nDockerfile !x",
					     "[attr]x ident\n[attr]x -ident\nDockerfile x",
					     "Dockerfile -ident=x" };
	char text[100];

	(void)state;
	for (size_t i = 0; i < sizeof(set) / sizeof(set[0]); i++) {
		snprintf(text, sizeof(text), "%s\n", set[i]);
		assert_true(is_changed(text, "Dockerfile"));
	}
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
		snprintf(text, sizeof(text), "%s\n", other[i]);
		assert_false(is_changed(text, "Dockerfile"));
	}
}

static void expect_match(const char *pattern, const char *path, bool expected)
{
	char reached[100];

	assert_int_equal(wildcard_matches((struct text){ pattern, strlen(pattern) },
					  (struct text){ path, strlen(path) }, reached),
			 expected);
}

static void matches_as_git_does(void **state)
{
	static const char *const both[] = {
		"*",           "Dockerfile", "?ocker*", "Dockerfile", "[a-zD]*", "Dockerfile",
		"**/b",        "b",          "**/b",    "a/a/b",      "a/**/b",  "a/b",
		"a/**/b",      "a/x/y/b",    "a/**",    "a/x/y",      "a/*",     "a/b",
		"[[:upper:]]", "D",          "[]a]",    "]",          "[!a]",    "b",
		"\\*",         "*",          "[a\\]]",  "]",          "a**b",    "axb",
		"***/b",       "a/b",        "[[:]a]",  ":a]",
	};
	static const char *const neither[] = {
		"*",   "a/b", "a/*", "a/b/c", "a?b", "a/b", "[!a]", "/",   "[[:none:]]", "n",
		"[D-", "D",   "\\",  "\\",    "a",   "ab",  "a**b", "a/b", "[^D]",       "D",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i += 2)
		expect_match(both[i], both[i + 1], true);
	for (size_t i = 0; i < sizeof(neither) / sizeof(neither[0]); i += 2)
		expect_match(neither[i], neither[i + 1], false);
}

/* A file of the root that says the same thing often, once more than allowed. */
static void expect_limit(const char *line, size_t count, const char *expected)
{
	static const char *const none[] = { NULL };
	struct fixture fixture;
	struct buf text = { 0 };
	const char *reason = NULL;

	set_up(&fixture, none);
	for (size_t i = 0; i < count; i++)
		buf_addf(&text, "%s%zu%s", line, i, " ident\n");
	memory_file(fixture.project.snapshot, ".gitattributes", text.text, text.length, false);
	assert_int_equal(attributes_change(&fixture.project, &reason, "a/Dockerfile"), 0);
	assert_string_equal(reason ? reason : "-", expected);
	buf_release(&text);
	arena_release(&fixture.arena);
}

static void gives_up_past_its_limits(void **state)
{
	(void)state;
	expect_limit("x", MAX_ATTRIBUTE_RULES, "-");
	expect_limit("x", MAX_ATTRIBUTE_RULES + 1,
		     "its attributes are not known: '.gitattributes' has more than 10000 patterns");
	expect_limit("[attr]x", MAX_ATTRIBUTE_NAMES - 3, "-");
	expect_limit("[attr]x", MAX_ATTRIBUTE_NAMES - 2,
		     "its attributes are not known: '.gitattributes' has more than 97 macros");
	expect_limit("[attr]x y", 70000,
		     "its attributes are not known: '.gitattributes' is larger than 1048576 bytes");
}

static void drops_a_line_that_is_too_long(void **state)
{
	char line[MAX_ATTRIBUTE_LINE + 2];
	static const char end[] = "Dockerfile ident";

	(void)state;
	memset(line, ' ', sizeof(line));
	memcpy(line + sizeof(line) - sizeof(end), end, sizeof(end));
	assert_false(is_changed(line, "Dockerfile"));
	assert_true(is_changed(line + 1, "Dockerfile"));
}

static void stops_where_patterns_cost_too_much(void **state)
{
	static const char *const none[] = { NULL };
	struct fixture fixture;
	struct buf text = { 0 };
	const char *reason = NULL;
	char path[4001];

	(void)state;
	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	set_up(&fixture, none);
	for (size_t i = 0; i < 500; i++) {
		for (size_t star = 0; star < 500; star++)
			buf_add(&text, "*a");
		buf_add(&text, "b ident\n");
	}
	memory_file(fixture.project.snapshot, ".gitattributes", text.text, text.length, false);
	assert_int_equal(attributes_change(&fixture.project, &reason, path), 0);
	assert_string_equal(reason, "its attributes are not known: their patterns take more than "
				    "134217728 steps to match");
	buf_release(&text);
	arena_release(&fixture.arena);
}

/* So many files as may be read, and one more. */
static void limits_what_is_read_for_a_tree(void **state)
{
	static const char *const none[] = { NULL };
	const size_t most = MAX_ATTRIBUTES_READ / MAX_FILE_SIZE;
	struct fixture fixture;
	struct buf text = { 0 };

	(void)state;
	set_up(&fixture, none);
	buf_repeat(&text, '\n', MAX_FILE_SIZE);
	for (size_t i = 0; i <= most; i++) {
		const char *directory = arena_printf(&fixture.arena, "d%zu", i);
		const char *reason = NULL;

		memory_file(fixture.project.snapshot,
			    arena_printf(&fixture.arena, "%s/.gitattributes", directory), text.text,
			    text.length, false);
		assert_int_equal(attributes_change(&fixture.project, &reason,
						   path_join(&fixture.arena, directory, "f")),
				 0);
		if (i < most)
			assert_null(reason);
		else
			assert_string_equal(reason, "its attributes are not known: "
						    "'d4/.gitattributes' and those before it have "
						    "more than 4194304 bytes");
	}
	buf_release(&text);
	arena_release(&fixture.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_nothing_without_a_file),
		cmocka_unit_test(says_which_line_of_which_file_changes_it),
		cmocka_unit_test(takes_the_nearest_file_and_its_last_line),
		cmocka_unit_test(knows_which_values_change_a_file),
		cmocka_unit_test(expands_macros_of_the_root),
		cmocka_unit_test(reads_lines_as_git_does),
		cmocka_unit_test(drops_lines_as_git_does),
		cmocka_unit_test(matches_as_git_does),
		cmocka_unit_test(gives_up_past_its_limits),
		cmocka_unit_test(drops_a_line_that_is_too_long),
		cmocka_unit_test(stops_where_patterns_cost_too_much),
		cmocka_unit_test(limits_what_is_read_for_a_tree),
	};

	return cmocka_run_group_tests_name("attributes", tests, NULL, NULL);
}
