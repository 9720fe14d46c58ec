#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "tests/support/yaml_twice.h"

static enum yaml_agreement agreement_on(const char *bytes, size_t length)
{
	struct arena arena = { 0 };
	const char *copy = arena_copy(&arena, bytes, length);
	enum yaml_agreement agreement = yaml_twice(&arena, (struct text){ copy, length });

	arena_release(&arena);
	return agreement;
}

static void expect_all(const char *const *texts, enum yaml_agreement expected)
{
	for (; *texts; texts++)
		if (agreement_on(*texts, strlen(*texts)) != expected)
			fail_msg("%s", *texts);
}

static void reads_what_most_files_are_made_of(void **state)
{
	static const char *const texts[] = {
		"a: b",
		"a:\n",
		"---\na: b\n",
		"--- # why\n\n# what\n  a: b\n",
		"services:\n  a:\n    build:   # why\n      context: .\n      target: \"dev\"\n\n  "
		"b: "
		"[x, 'y z']\n",
		"a:\n- b\n-  c: d\n   e:\n   - f\n-\n-\n  g\ng: h\n",
		"- a\n- b: c\n  d: e\n-\n  - f\n- [g, {h: i, \"j\":k}]\n",
		"a: [\n  b, # c\n  'd',\n]\ne: {}\nf: []\n",
		"a: 'it''s'\nb: \"a \\\"quoted\\\" \\\\ \\/ word\\n\\t\"\n\"c d\" : e\n'f': ''\n",
		"x: &x\n  a: b\ny: &y c\nz:\n  <<: *x\n  d: *y\nw: [*x, *y]\nv: &v [a]\nu: &u\n- "
		"b\n",
		"a: b c  d   # e\nf: g#h\ni: -1\nj: http://k:80/l?m\nn: o:p\nq: a'b\"c\n",
		"image: ${REGISTRY:-docker.io}/a:${TAG}\nports: [\"80:80\", 443:443]\n",
		"a:\n  \"b\"\nc:\n  d\ne:\n  [f]\ng:\n  *x\n",
		NULL,
	};

	(void)state;
	/* The last one has an alias of nothing, which the tree refuses. */
	for (size_t i = 0; i + 2 < sizeof(texts) / sizeof(*texts); i++)
		if (agreement_on(texts[i], strlen(texts[i])) != YAML_SAME)
			fail_msg("%s", texts[i]);
	expect_all(texts + sizeof(texts) / sizeof(*texts) - 2, YAML_LEFT);
}

static void leaves_the_rest_to_libyaml(void **state)
{
	static const char *const texts[] = {
		"",
		"# nothing\n",
		"a",
		"[a]",
		"{a: b}",
		"'a'",
		"---\n",
		"--- a: b\n",
		/* other characters */
		"a: \xc3\xa9\n",
		"a:\tb\n",
		"a: b\r\n",
		"\xef\xbb\xbf"
		"a: b\n",
		"a: \x7f\n",
		/* more than one line, or document */
		"a: b\n  c\n",
		"a: 'b\n  c'\n",
		"a: \"b\\\n  c\"\n",
		"a: |\n  b\n",
		"a: >-\n  b\n",
		"a: b\n---\nc: d\n",
		"a: b\n...\n",
		"%YAML 1.1\n---\na: b\n",
		"a: [b\n  c]\n",
		/* tags and keys of their own kind */
		"a: !reset b\n",
		"!a b: c\n",
		"? a\n: b\n",
		"[a]: b\n",
		"*a : b\n",
		"&a b: c\n",
		"- &a b: c\n",
		"a: &a\n",
		"a: {b}\n",
		"a: [b: c]\n",
		"a: {b: }\n",
		"a: [b, , c]\n",
		/* escapes, doubtful words */
		"a: \"\\x41\"\n",
		"a: \"\\0\"\n",
		"a: [b:, c]\n",
		"a: [b?, c]\n",
		"a: ?b\n",
		"a: :b\n",
		"a: [&b c]\n",
		"- - a\n",
		/* what is wrong */
		"a: b: c\n",
		"a: 'b\n",
		"a: 'b' c\n",
		"a: \"b\"#c\n",
		"a: [b\n",
		"a: ]\n",
		"a: @b\n",
		"a: %b\n",
		"a\nb: c\n",
		"a:\n    b: c\n  d: e\n",
		"a:\n  - b\n  c: d\n",
		"a: - b\n",
		"a: b\na: c\n",
		"a: *b\n",
		"a: &b\n  c: *b\n",
		"- a\nb: c\n",
		"  a: b\nc: d\n",
		"a: b # c\n  d\n",
		"a:b\nc: d\n",
		"a: {b: c d: e}\n",
		"a: {b: c]\n",
		NULL,
	};

	(void)state;
	expect_all(texts, YAML_LEFT);
}

/* The same piece many times over. */
static enum yaml_agreement agreement_on_many(const char *head, const char *piece, int times,
					     const char *tail)
{
	enum yaml_agreement agreement = YAML_LEFT;
	struct buf text = { 0 };

	buf_add(&text, head);
	for (int i = 0; i < times; i++)
		buf_add(&text, piece);
	buf_add(&text, tail);
	agreement = agreement_on(buf_text(&text), text.length);
	buf_release(&text);
	return agreement;
}

static void keeps_to_the_limits(void **state)
{
	(void)state;
	assert_int_equal(agreement_on_many("", "k", 1000, ": a\n"), YAML_SAME);
	assert_int_equal(agreement_on_many("", "k", 1001, ": a\n"), YAML_LEFT);
	/* libyaml counts the blanks up to the colon, too. */
	assert_int_equal(agreement_on_many("a", " ", 999, ": b\n"), YAML_SAME);
	assert_int_equal(agreement_on_many("a", " ", 1100, ": b\n"), YAML_LEFT);
	assert_int_equal(agreement_on_many("'a'", " ", 1100, ": b\n"), YAML_LEFT);
	assert_int_equal(agreement_on_many("- a", " ", 1100, ": b\n"), YAML_LEFT);
	assert_int_equal(agreement_on_many("x: {a", " ", 1100, ": b}\n"), YAML_LEFT);
	assert_int_equal(agreement_on_many("z:\n  a", " ", 1100, ": b\n"), YAML_LEFT);
	assert_int_equal(agreement_on_many("a: ", "[", MAX_YAML_DEPTH - 1, ""), YAML_LEFT);
	assert_int_equal(agreement_on_many("a: ", "[", MAX_YAML_DEPTH, ""), YAML_LEFT);
	assert_int_equal(agreement_on_many("a: [", "'b', ", 10000, "]\n"), YAML_SAME);
	assert_int_equal(agreement_on_many("", "- a\n", MAX_YAML_EVENTS - 6, ""), YAML_SAME);
	assert_int_equal(agreement_on_many("", "- a\n", MAX_YAML_EVENTS - 5, ""), YAML_LEFT);
}

/* Random texts of what the grammar is made of; as many as have a tree are the same. */
static void agrees_on_random_texts(void **state)
{
	static const char *const pieces[] = {
		"a: b\n",   "- a\n",   "a: ",    "'a'",      "b: ",      "c: ",        "c",
		"  c: d\n", "  - x\n", "[a, b]", "&x\n",     "*x\n",     "\n\n",       "# c\n",
		"---\n",    "\n- ",    "\n  - ", "\"q\"",    "'w '' v'", "x y",        "  d:\n",
		"a:\n",     "b:\n",    "-  ",    "\n      ", "[\n",      "\n]",        "<<: ",
		" # ",      ": ",      ",",      "{",        "}",        "  - e: f\n", "    g: h\n",
	};
	unsigned counts[3] = { 0 };

	(void)state;
	srand(1);
	for (int i = 0; i < 200000; i++) {
		char text[200] = "";

		for (int count = 1 + rand() % 10; count > 0; count--)
			strcat(text, pieces[(size_t)rand() % (sizeof(pieces) / sizeof(*pieces))]);
		if (++counts[agreement_on(text, strlen(text))] && counts[YAML_DIFFERS])
			fail_msg("%s", text);
	}
	assert_in_range(counts[YAML_SAME], 2000, 200000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_most_files_are_made_of),
		cmocka_unit_test(leaves_the_rest_to_libyaml),
		cmocka_unit_test(keeps_to_the_limits),
		cmocka_unit_test(agrees_on_random_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
