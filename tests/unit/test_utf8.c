#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

/* What is ill-formed is one place each; what is not, one code point. */
static void expect_code(const char *bytes, unsigned expected, size_t size)
{
	unsigned codepoint = 0;

	assert_int_equal(utf8_decode(&codepoint, bytes, strlen(bytes)), size);
	assert_int_equal(codepoint, expected);
}

static void decodes_what_is_well_formed(void **state)
{
	(void)state;
	expect_code("a", 'a', 1);
	expect_code("\x7F", 0x7F, 1);
	expect_code("\xC2\x80", 0x80, 2);
	expect_code("\xDF\xBF", 0x7FF, 2);
	expect_code("\xE0\xA0\x80", 0x800, 3);
	expect_code("\xED\x9F\xBF", 0xD7FF, 3);
	expect_code("\xEE\x80\x80", 0xE000, 3);
	expect_code("\xEF\xBF\xBD", 0xFFFD, 3);
	expect_code("\xF0\x90\x80\x80", 0x10000, 4);
	expect_code("\xF4\x8F\xBF\xBF", 0x10FFFF, 4);
}

static void replaces_what_is_ill_formed(void **state)
{
	(void)state;
	expect_code("\x80", 0xFFFD, 1);
	expect_code("\xC1\xBF", 0xFFFD, 1);
	expect_code("\xC2", 0xFFFD, 1);
	expect_code("\xC2\x7F", 0xFFFD, 1);
	expect_code("\xC2\xC0", 0xFFFD, 1);
	expect_code("\xE0\x9F\x80", 0xFFFD, 1);
	expect_code("\xE0\xA0", 0xFFFD, 2);
	expect_code("\xED\xA0\x80", 0xFFFD, 1);
	expect_code("\xF0\x8F\x80\x80", 0xFFFD, 1);
	expect_code("\xF0\x90\x80", 0xFFFD, 3);
	expect_code("\xF4\x90\x80\x80", 0xFFFD, 1);
	expect_code("\xF5\x80\x80\x80", 0xFFFD, 1);
	expect_code("\xFF", 0xFFFD, 1);
	assert_true(utf8_is_valid("a\xEF\xBF\xBD", 4));
	assert_false(utf8_is_valid("a\xEF\xBF", 3));
	assert_int_equal(utf8_count("a\xC3\xA4\xFF\xEF\xBF", 6), 4);
}

static void knows_what_moves_or_hides_text(void **state)
{
	/* The first and the last of each range, and then what is beside them. */
	static const unsigned hidden[] = { 0,      0x1F,   0x7F,   0x9F,   0xAD,    0x61C,
					   0x180E, 0x200B, 0x200F, 0x2028, 0x202E,  0x2060,
					   0x206F, 0xFEFF, 0xFFF9, 0xFFFB, 0xE0000, 0xE007F };
	static const unsigned shown[] = {
		0x20,   0x7E,   0xA0,   0xAC,   0xAE,   0x61B,   0x61D,
		0x180D, 0x180F, 0x200A, 0x2010, 0x2027, 0x202F,  0x205F,
		0x2070, 0xFEFE, 0xFF00, 0xFFF8, 0xFFFC, 0xDFFFF, 0xE0080
	};

	(void)state;
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		assert_true(utf8_is_unprintable(hidden[i]));
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		assert_false(utf8_is_unprintable(shown[i]));
}

static void expect_clean(const char *text, bool ascii, const char *expected)
{
	struct arena arena = { 0 };

	assert_string_equal(utf8_clean(&arena, text, ascii), expected);
	arena_release(&arena);
}

static void cleans_what_a_log_reader_would_take_for_a_command(void **state)
{
	static const char *const spaces[] = { "",
					      " ",
					      "\xC2\xA0",
					      "\xE1\x9A\x80",
					      "\xE2\x80\x80",
					      "\xE2\x80\x8A",
					      "\xE2\x80\xAF",
					      "\xE2\x81\x9F",
					      "\xE3\x80\x80" };
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		expect_clean(arena_printf(&arena, "%s::error", spaces[i]), false,
			     arena_printf(&arena, "%s\\x3a:error", spaces[i]));
	expect_clean("a::error", false, "a::error");
	expect_clean(":error", false, ":error");
	expect_clean("a ##[error]", false, "a \\x23#[error]");
	expect_clean("a##VSO[task]", false, "a\\x23#VSO[task]");
	expect_clean("a##TeamCity[x", false, "a\\x23#TeamCity[x");
	expect_clean("a##x", false, "a##x");
	arena_release(&arena);
}

static void cleans_what_is_not_shown(void **state)
{
	(void)state;
	expect_clean("a\tb\x7F", false, "a\\x09b\\x7f");
	expect_clean("a\xFF\xC2", false, "a\\xff\\xc2");
	expect_clean("\xEF\xBF\xBD", false, "\xEF\xBF\xBD");
	expect_clean("\xE2\x80\xAE", false, "\\u{202e}");
	expect_clean("\xC3\xA4", false, "\xC3\xA4");
	expect_clean("\xC3\xA4~", true, "\\u{e4}~");
	expect_clean("\xEF\xBF\xBD", true, "\\u{fffd}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes_what_is_well_formed),
		cmocka_unit_test(replaces_what_is_ill_formed),
		cmocka_unit_test(knows_what_moves_or_hides_text),
		cmocka_unit_test(cleans_what_a_log_reader_would_take_for_a_command),
		cmocka_unit_test(cleans_what_is_not_shown),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
