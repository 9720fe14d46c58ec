#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "merge/untouched.h"

static void expect(bool expected, const char *before, const char *after)
{
	struct arena arena = { 0 };

	if (untouched(&arena, (struct text){ before, strlen(before) },
		      (struct text){ after, strlen(after) }) != expected)
		fail_msg("%s\n--\n%s", before, after);
	arena_release(&arena);
}

static void lets_file_and_target_of_a_build_change(void **state)
{
	(void)state;
	expect(true, "", "");
	expect(true, "a: {build: {context: x, dockerfile: D}}",
	       "a: {build: {context: x, target: t}}");
	expect(true, "a: {build: {context: x, target: s}}", "a: {build: {target: t, context: x}}");
	expect(true, "a: {build: x}", "a: {build: {context: x, target: t}}");
	expect(true, "a: {build: x} # so", "a:\n  build: 'x'\n");
}

static void lets_nothing_else_change(void **state)
{
	(void)state;
	expect(false, "a: {build: x}", "a: {build: {context: y, target: t}}");
	expect(false, "a: {build: x}", "a: {build: {target: t}}");
	expect(false, "a: {build: {context: x}}", "a: {build: x}");
	expect(false, "a: {build: x}", "a: {build: [x]}");
	expect(false, "a: {image: x}", "a: {image: y}");
	expect(false, "a: {image: x}", "a: {}");
	expect(false, "a: {}", "a: {image: x}");
	expect(false, "a: {b: x}", "a: {b: {context: x}}");
	expect(false, "a: {b: 1}", "a: 1");
	expect(false, "a: 1", "a: {b: 1}");
}

static void tells_types_apart(void **state)
{
	(void)state;
	expect(true, "a: !b c", "a: !b c");
	expect(false, "a: !b c", "a: c");
	expect(false, "a: c", "a: !b c");
	expect(false, "a: !b c", "a: !d c");
}

/* An item of a list is no build: what is called so there is something else. */
static void compares_lists_item_by_item(void **state)
{
	(void)state;
	expect(true, "a: [b, {c: d}, [e]]", "a: [b, {c: d}, [e]]");
	expect(false, "a: [b]", "a: [b, c]");
	expect(false, "a: [b]", "a: [c]");
	expect(false, "a: [b]", "a: [{b: c}]");
	expect(false, "a: [{b: c}]", "a: [b]");
	expect(false, "a: [{target: b}]", "a: [{target: c}]");
	expect(false, "a: [{target: b}]", "a: [{}]");
	expect(false, "a: [{}]", "a: [{target: b}]");
}

static void reads_every_document_or_nothing(void **state)
{
	(void)state;
	expect(true, "a: 1\n---\nb: 2\n", "a: 1\n---\nb: 2\n");
	expect(false, "a: 1\n---\nb: 2\n", "a: 1\n---\nb: 3\n");
	expect(false, "a: 1\n---\nb: 2\n", "a: 1\n");
	expect(false, "a: [", "a: [");
	expect(false, "a: 1", "a: [");
	expect(false, "a: [", "a: 1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lets_file_and_target_of_a_build_change),
		cmocka_unit_test(lets_nothing_else_change),
		cmocka_unit_test(tells_types_apart),
		cmocka_unit_test(compares_lists_item_by_item),
		cmocka_unit_test(reads_every_document_or_nothing),
	};

	return cmocka_run_group_tests_name("untouched", tests, NULL, NULL);
}
