#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "merge/scalar.h"
#include "tests/support/memory.h"

#define PATH "compose.yml"

/* A file, and the values in it that are changed. */
struct fixture {
	struct arena arena;
	struct project project;
	struct scalars scalars;
	struct text text;
};

static void begin(struct fixture *fixture, const char *text)
{
	*fixture = (struct fixture){ .text = { text, strlen(text) } };
	fixture->project = (struct project){ .arena = &fixture->arena,
					     .snapshot = memory_snapshot(&fixture->arena) };
	table_put(&fixture->project.snapshot->texts, &fixture->arena, PATH, &fixture->text);
	fixture->scalars =
		(struct scalars){ .arena = &fixture->arena, .project = &fixture->project };
}

/* Where these bytes stand first. */
static struct place at(const struct fixture *fixture, const char *value)
{
	const char *found = strstr(fixture->text.bytes, value);
	size_t start = (size_t)(found - fixture->text.bytes);

	assert_non_null(found);
	return (struct place){ PATH, text_span(fixture->text, start, start + strlen(value)) };
}

static void expect_text(struct fixture *fixture, const char *expected)
{
	assert_string_equal(scalars_text(&fixture->scalars, PATH).bytes, expected);
	arena_release(&fixture->arena);
}

/* What becomes of a file when a value is set; NULL: it cannot be. */
static void expect_set(const char *text, const char *old, const char *now, const char *expected)
{
	struct fixture fixture;

	begin(&fixture, text);
	if (scalar_set(&fixture.scalars, at(&fixture, old), now) != (expected != NULL))
		fail_msg("'%s' in '%s'", now, text);
	expect_text(&fixture, expected ? expected : text);
}

static void keeps_the_quotes_of_a_value(void **state)
{
	(void)state;
	expect_set("a: x # y\n", "x", "b", "a: b # y\n");
	expect_set("a: 'x'\n", "'x'", "b", "a: 'b'\n");
	expect_set("a: \"x\"\n", "\"x\"", "b c", "a: \"b c\"\n");
	expect_set("{a: x}\n", "x", "b", "{a: b}\n");
}

static void quotes_what_would_be_no_text(void **state)
{
	static const char *const quoted[] = { "true", "No",  "NULL", "off", "-a", "1",
					      "1.5",  "a b", ".5",   "a:b", "@a", "~" };
	static const char *const plain[] = { "truer", "a-b", "a.b", "1/a", "_a", "./1", "A9" };
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(quoted) / sizeof(quoted[0]); i++)
		expect_set("a: x\n", "x", quoted[i],
			   arena_printf(&arena, "a: \"%s\"\n", quoted[i]));
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		expect_set("a: x\n", "x", plain[i], arena_printf(&arena, "a: %s\n", plain[i]));
	arena_release(&arena);
}

static void refuses_what_it_cannot_write(void **state)
{
	(void)state;
	expect_set("a: x\n", "x", "", NULL);
	expect_set("a: x\n", "x", "a\nb", NULL);
	expect_set("a: x\n", "x", "it's", NULL);
	expect_set("a: x\n", "x", "\"", NULL);
	expect_set("a: x\n", "x", "a\\b", NULL);
	expect_set("a: x\n", "x", "$A", NULL);
}

static void changes_only_what_stands_on_one_line(void **state)
{
	(void)state;
	expect_set("a:\n  x\n", "x", "b", NULL);
	expect_set("a: &b x\n", "x", "c", NULL);
	expect_set("a: !!str x\n", "x", "c", NULL);
	expect_set("a: |\n  x\n", "|\n  x\n", "c", NULL);
	expect_set("a: 'x\n  y'\n", "'x\n  y'", "c", NULL);
	expect_set("a: [x]\n", "x", "c", NULL);
	expect_set("? a\n: x\n", "x", "c", NULL);
	expect_set("a: xy\n", "y", "c", NULL);
	expect_set("\"a\n  b\": x\n", "x", "c", NULL);
}

static void says_what_depends_on_a_variable(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, "a: x$Y\nb: x\n");
	assert_true(scalar_is_variable(&fixture.scalars, at(&fixture, "x$Y")));
	assert_false(scalar_is_variable(&fixture.scalars, (struct place){ PATH, { 2, 4, 2, 4 } }));
	assert_false(scalar_is_variable(&fixture.scalars, (struct place){ NULL, { 1, 4, 1, 4 } }));
	assert_false(scalar_is_variable(&fixture.scalars, (struct place){ PATH, { 1, 0, 1, 0 } }));
	arena_release(&fixture.arena);
}

static void takes_the_same_change_twice_and_no_other_one(void **state)
{
	struct fixture fixture;
	struct strings paths = { 0 };

	(void)state;
	begin(&fixture, "a: x\nb: y\n");
	assert_true(scalar_set(&fixture.scalars, at(&fixture, "y"), "w"));
	assert_true(scalar_set(&fixture.scalars, at(&fixture, "x"), "z"));
	assert_true(scalar_set(&fixture.scalars, at(&fixture, "x"), "z"));
	assert_false(scalar_set(&fixture.scalars, at(&fixture, "x"), "v"));
	assert_false(scalar_drop(&fixture.scalars, at(&fixture, "x"), "a"));
	scalars_paths(&fixture.scalars, &paths);
	assert_int_equal(paths.count, 1);
	assert_string_equal(paths.items[0], PATH);
	expect_text(&fixture, "a: z\nb: w\n");
}

static void lets_nobody_change_what_is_kept(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, "a: x\nb: y\n");
	scalar_keep(&fixture.scalars, (struct place){ NULL, { 1, 4, 1, 4 } });
	scalar_keep(&fixture.scalars, (struct place){ PATH, { 1, 0, 1, 0 } });
	assert_false(scalar_is_kept(&fixture.scalars, at(&fixture, "x")));
	scalar_keep(&fixture.scalars, at(&fixture, "x"));
	assert_true(scalar_is_kept(&fixture.scalars, at(&fixture, "x")));
	assert_false(scalar_is_kept(&fixture.scalars, at(&fixture, "y")));
	assert_false(scalar_set(&fixture.scalars, at(&fixture, "x"), "z"));
	assert_true(scalar_set(&fixture.scalars, at(&fixture, "y"), "z"));
	expect_text(&fixture, "a: x\nb: z\n");
}

static void expect_renamed(const char *text, const char *key, const char *now, const char *expected)
{
	struct fixture fixture;

	begin(&fixture, text);
	assert_int_equal(scalar_rename(&fixture.scalars, at(&fixture, "x"), key, now),
			 expected != NULL);
	expect_text(&fixture, expected ? expected : text);
}

static void renames_a_key_that_is_there_alone(void **state)
{
	(void)state;
	expect_renamed("a: x\n", "a", "b", "b: x\n");
	expect_renamed("{\"a\": x}\n", "a", "b", "{\"b\": x}\n");
	expect_renamed("a: x\n", "c", "b", NULL);
	expect_renamed("a: x\nb: y\n", "a", "b", NULL);
	expect_renamed("a:\n  x\n", "a", "b", NULL);
}

static void expect_dropped(const char *text, const char *expected)
{
	struct fixture fixture;

	begin(&fixture, text);
	if (scalar_drop(&fixture.scalars, at(&fixture, "x"), "a") != (expected != NULL))
		fail_msg("'%s'", text);
	expect_text(&fixture, expected ? expected : text);
}

static void drops_a_line_but_not_its_comment(void **state)
{
	(void)state;
	expect_dropped("a: x\nb: y\n", "b: y\n");
	expect_dropped("b: y\na: x \t\r\n", "b: y\n");
	expect_dropped("b: y\na: x", "b: y\n");
	expect_dropped("a: x # why\nb: y\n", "# why\nb: y\n");
	expect_dropped("a: x\n", NULL);
	expect_dropped("b: {c: 1}\nd:\n  a: x\n", NULL);
	expect_dropped("c: x\nb: y\n", NULL);
	expect_dropped("- a: x\n  b: y\n", NULL);
	expect_dropped("a:\n  x\nb: y\n", NULL);
}

static void drops_an_item_with_its_comma(void **state)
{
	(void)state;
	expect_dropped("{a: x, b: y}\n", "{b: y}\n");
	expect_dropped("{a: x ,  b: y}\n", "{b: y}\n");
	expect_dropped("{b: y, a: x}\n", "{b: y}\n");
	expect_dropped("{a: x}\n", "{}\n");
	expect_dropped("{\n  a: x,\n  b: y\n}\n", "{\n  b: y\n}\n");
	expect_dropped("{\n  a: x, # why\n  b: y\n}\n", "{\n  # why\n  b: y\n}\n");
	expect_dropped("{\n  b: y,\n  a: x\n}\n", "{\n  b: y\n}\n");
	expect_dropped("{a: x,b: y}\n", "{b: y}\n");
	expect_dropped("{? a : x}\n", NULL);
}

static void expect_added(const char *text, const char *value, const char *expected)
{
	struct fixture fixture;

	begin(&fixture, text);
	if (scalar_add(&fixture.scalars, at(&fixture, "q"), "target", value) != (expected != NULL))
		fail_msg("'%s'", text);
	expect_text(&fixture, expected ? expected : text);
}

static void adds_a_key_as_its_neighbours_are_written(void **state)
{
	(void)state;
	expect_added("context: q\n", "b", "context: q\ntarget: b\n");
	expect_added("  dockerfile: q # why\r\n", "b", "  dockerfile: q # why\r\n  target: b\r\n");
	expect_added("context: q", "b", "context: q\ntarget: b");
	expect_added("{context: q}\n", "b", "{context: q, target: b}\n");
	expect_added("{\"context\": q}\n", "b", "{\"context\": q, \"target\": b}\n");
	expect_added("context: q\n", "no", "context: q\ntarget: \"no\"\n");
	expect_added("context: q\ntarget: y\n", "b", NULL);
	expect_added("target: q\n", "b", NULL);
	expect_added("image: q\n", "b", NULL);
	expect_added("- context: q\n", "b", NULL);
	expect_added("context: q\n", "$b", NULL);
	expect_added("context:\n  q\n", "b", NULL);
}

static void makes_a_mapping_of_a_directory(void **state)
{
	(void)state;
	expect_added("build: q\n", "b", "build: {context: q, target: b}\n");
	expect_added("build: q,y\n", "b", NULL);
	expect_added("build: q{}\n", "b", NULL);
}

static void adds_two_keys_in_turn_and_one_only_once(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, "build: q\n");
	assert_true(scalar_add(&fixture.scalars, at(&fixture, "q"), "target", "a"));
	assert_true(scalar_add(&fixture.scalars, at(&fixture, "q"), "dockerfile", "b"));
	assert_true(scalar_add(&fixture.scalars, at(&fixture, "q"), "target", "a"));
	expect_text(&fixture, "build: {context: q, target: a, dockerfile: b}\n");
	begin(&fixture, "{context: q}\n");
	assert_true(scalar_add(&fixture.scalars, at(&fixture, "q"), "target", "a"));
	assert_true(scalar_add(&fixture.scalars, at(&fixture, "q"), "dockerfile", "b"));
	assert_true(scalar_add(&fixture.scalars, at(&fixture, "q"), "target", "a"));
	expect_text(&fixture, "{context: q, target: a, dockerfile: b}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_quotes_of_a_value),
		cmocka_unit_test(quotes_what_would_be_no_text),
		cmocka_unit_test(refuses_what_it_cannot_write),
		cmocka_unit_test(changes_only_what_stands_on_one_line),
		cmocka_unit_test(says_what_depends_on_a_variable),
		cmocka_unit_test(takes_the_same_change_twice_and_no_other_one),
		cmocka_unit_test(lets_nobody_change_what_is_kept),
		cmocka_unit_test(renames_a_key_that_is_there_alone),
		cmocka_unit_test(drops_a_line_but_not_its_comment),
		cmocka_unit_test(drops_an_item_with_its_comma),
		cmocka_unit_test(adds_a_key_as_its_neighbours_are_written),
		cmocka_unit_test(makes_a_mapping_of_a_directory),
		cmocka_unit_test(adds_two_keys_in_turn_and_one_only_once),
	};

	return cmocka_run_group_tests_name("scalar", tests, NULL, NULL);
}
