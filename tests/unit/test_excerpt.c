#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reports/excerpt.h"

#define TEN "0123456789"
#define TENS TEN TEN TEN TEN TEN TEN

static void expect_shown(const char *line, struct span span, const struct report *report,
			 const char *expected)
{
	struct finding finding = { .excerpt = line, .span = span };
	struct buf out = { 0 };

	excerpt_write(&out, &finding, report);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
}

static void expect(const char *line, unsigned column, unsigned end, const char *expected)
{
	const struct report report = { 0 };

	expect_shown(line, (struct span){ 7, column, 7, end }, &report, expected);
}

static void marks_the_place(void **state)
{
	(void)state;
	expect("FROM a AS b", 6, 6, "    7 | FROM a AS b\n      |      ^\n");
	expect("FROM a AS b", 0, 0, "    7 | FROM a AS b\n");
	expect("\tab", 2, 3, "    7 |         ab\n      |         ^^\n");
	expect("a\tb", 3, 3, "    7 | a       b\n      |         ^\n");
	expect("\xC3\xA4\x1B[b", 2, 3, "    7 | \xC3\xA4\\x1b[b\n      |  ^^^^^\n");
	expect("x ##[y", 1, 1, "    7 | x \\x23#[y\n      | ^\n");
}

static void shows_nothing_where_there_is_nothing(void **state)
{
	const struct report report = { 0 };

	(void)state;
	expect("", 1, 1, "");
	expect(NULL, 1, 1, "");
	expect_shown("a", (struct span){ 0 }, &report, "");
}

static void marks_to_the_end_what_goes_on_below(void **state)
{
	const struct report report = { 0 };

	(void)state;
	expect_shown("a bc", (struct span){ 7, 3, 8, 1 }, &report, "    7 | a bc\n      |   ^^\n");
}

static void crops_what_is_too_wide(void **state)
{
	(void)state;
	expect(TENS "01", 62, 62,
	       "    7 | " TENS "01\n      |                                                        "
	       "      ^\n");
	expect(TENS "012", 2, 3, "    7 | " TEN TEN TEN TEN TEN "012345...\n      |  ^^\n");
	expect(TENS "012", 62, 63, "    7 | ...67890123456789012\n      |                   ^^\n");
	expect(TENS TEN TEN, 41, 80,
	       "    7 | ...56789" TEN TEN TEN TEN TEN "\n"
	       "      |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n");
	expect("a" TENS TENS, 1, 121,
	       "    7 | a" TEN TEN TEN TEN TEN "01234...\n      | "
	       "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n");
}

static void colours_the_mark_and_cleans_for_a_push(void **state)
{
	const struct report coloured = { .colour = true };
	const struct report push = { .is_push = true };

	(void)state;
	expect_shown("ab", (struct span){ 7, 1, 7, 1 }, &coloured,
		     "    7 | ab\n      | \033[1;32m^\033[0m\n");
	expect_shown("\xC3\xA4", (struct span){ 7, 1, 7, 1 }, &push,
		     "    7 | \\u{e4}\n      | ^^^^^^\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_the_place),
		cmocka_unit_test(shows_nothing_where_there_is_nothing),
		cmocka_unit_test(marks_to_the_end_what_goes_on_below),
		cmocka_unit_test(crops_what_is_too_wide),
		cmocka_unit_test(colours_the_mark_and_cleans_for_a_push),
	};

	return cmocka_run_group_tests_name("excerpt", tests, NULL, NULL);
}
