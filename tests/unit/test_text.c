#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "syntax/slice.h"
#include "syntax/text.h"

static const struct text text = { "ab\nc\xC3\xA4"
				  "d\r\n\nx",
				  11 };

static void expect_line(unsigned line, const char *expected)
{
	struct text found = text_line(text, line);

	if (!slice_is(found, expected))
		fail_msg("line %u is '%.*s'", line, (int)found.length, found.bytes);
}

static void cuts_a_line_out(void **state)
{
	(void)state;
	expect_line(0, "");
	expect_line(1, "ab");
	expect_line(2, "c\xC3\xA4"
		       "d");
	expect_line(3, "");
	expect_line(4, "x");
	expect_line(5, "");
	expect_line(6, "");
	assert_int_equal(text_line((struct text){ "a\n", 2 }, 2).length, 0);
	assert_int_equal(text_line((struct text){ "", 0 }, 1).length, 0);
}

static void knows_the_line_of_a_byte(void **state)
{
	(void)state;
	assert_int_equal(text_line_at(text, 0), 1);
	assert_int_equal(text_line_at(text, 2), 1);
	assert_int_equal(text_line_at(text, 3), 2);
	assert_int_equal(text_line_at(text, 9), 3);
	assert_int_equal(text_line_at(text, 10), 4);
}

static void knows_the_byte_of_a_place(void **state)
{
	(void)state;
	assert_int_equal(text_offset(text, 1, 1), 0);
	assert_int_equal(text_offset(text, 1, 2), 1);
	assert_int_equal(text_offset(text, 2, 1), 3);
	assert_int_equal(text_offset(text, 2, 3), 6);
	assert_int_equal(text_offset(text, 4, 1), 10);
	assert_int_equal(text_offset(text, 4, 2), 11);
	assert_int_equal(text_offset(text, 4, 9), 11);
	assert_int_equal(text_offset(text, 9, 1), 11);
}

static void expect_span(size_t start, size_t end, struct span expected)
{
	struct span span = text_span(text, start, end);

	assert_memory_equal(&span, &expected, sizeof(span));
}

static void counts_columns_in_characters(void **state)
{
	(void)state;
	expect_span(0, 2, (struct span){ 1, 1, 1, 2 });
	expect_span(3, 7, (struct span){ 2, 1, 2, 3 });
	expect_span(6, 7, (struct span){ 2, 3, 2, 3 });
	expect_span(1, 4, (struct span){ 1, 2, 2, 1 });
	expect_span(6, 6, (struct span){ 2, 3, 2, 3 });
	expect_span(0, 0, (struct span){ 1, 1, 1, 1 });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_a_line_out),
		cmocka_unit_test(knows_the_line_of_a_byte),
		cmocka_unit_test(knows_the_byte_of_a_place),
		cmocka_unit_test(counts_columns_in_characters),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
