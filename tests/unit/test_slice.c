#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "syntax/slice.h"

static struct text text_of(const char *bytes)
{
	return (struct text){ bytes, strlen(bytes) };
}

/* How long what stands at the start is, by each function: of a letter, of white space. */
static void expect(const char *bytes, size_t letter, size_t space)
{
	if (slice_letter(bytes, strlen(bytes)) != letter)
		fail_msg("letter of '%s': %zu", bytes, slice_letter(bytes, strlen(bytes)));
	if (slice_space(bytes, strlen(bytes)) != space)
		fail_msg("space of '%s': %zu", bytes, slice_space(bytes, strlen(bytes)));
}

static void knows_white_space_as_go_does(void **state)
{
	(void)state;
	expect(" a", 0, 1);
	expect("\t", 0, 1);
	expect("\v", 0, 1);
	expect("\r", 0, 1);
	expect("\b", 0, 0);
	expect("\x0E", 0, 0);
	expect("\xC2\x85", 0, 2);
	expect("\xC2\xA0", 0, 2);
	expect("\xE1\x9A\x80", 0, 3);
	expect("\xE2\x80\x80", 0, 3);
	expect("\xE2\x80\x8A", 0, 3);
	expect("\xE2\x80\x8B", 0, 0);
	expect("\xE2\x80\xA8", 0, 3);
	expect("\xE2\x80\xA9", 0, 3);
	expect("\xE2\x80\xAF", 0, 3);
	expect("\xE2\x81\x9F", 0, 3);
	expect("\xE3\x80\x80", 0, 3);
	expect("\xE3\x80\x81", 0, 0);
	expect("", 0, 0);
}

static void knows_letters(void **state)
{
	(void)state;
	expect("a", 1, 0);
	expect("Z", 1, 0);
	expect("@", 0, 0);
	expect("[", 0, 0);
	expect("`", 0, 0);
	expect("{", 0, 0);
	expect("_", 0, 0);
	expect("\xC2\xAA", 2, 0);
	expect("\xC2\xAB", 0, 0);
	expect("\xC2\xB5", 2, 0);
	expect("\xC2\xBA", 2, 0);
	expect("\xC3\x80", 2, 0);
	expect("\xC3\x97", 0, 0);
	expect("\xC3\xB7", 0, 0);
	expect("\xC3\xB8", 2, 0);
	expect("\xE3\x81\x81", 3, 0);
	expect("\xED\x9F\xBB", 3, 0);
	expect("\xED\x9F\xBC", 0, 0);
	expect("\xEE\x80\x80", 0, 0);
	expect("\xEF\xA4\x80", 3, 0);
	expect("\xEF\xB7\xBF", 0, 0);
	expect("\xEF\xBC\xA1", 3, 0);
	expect("\xF0\x9D\x94\xB8", 4, 0);
	expect("\xFF", 0, 0);
}

static void cuts_words_at_blanks(void **state)
{
	struct text rest = text_of(" \t\v\f\ra \rb\xC2\xA0"
				   "c\n ");
	struct text word = { 0 };

	(void)state;
	assert_true(slice_word(&word, &rest));
	assert_true(slice_is(word, "a"));
	assert_true(slice_word(&word, &rest));
	assert_true(slice_is(word, "b\xC2\xA0"
				   "c\n"));
	assert_false(slice_word(&word, &rest));
	assert_true(slice_is(word, ""));
}

static void compares_bytes(void **state)
{
	const struct text none = { NULL, 0 };
	const struct text holed = { "a\0b", 3 };

	(void)state;
	assert_true(slice_equals(none, text_of("")));
	assert_true(slice_equals(text_of("ab"), text_of("ab")));
	assert_false(slice_equals(text_of("ab"), text_of("ac")));
	assert_false(slice_equals(text_of("ab"), text_of("a")));
	assert_false(slice_is(holed, "a"));
	assert_true(slice_is_like(text_of("aB"), "Ab"));
	assert_false(slice_is_like(text_of("aB"), "Abc"));
	assert_true(slice_starts(text_of("ab"), "a"));
	assert_true(slice_starts(text_of("ab"), ""));
	assert_false(slice_starts(text_of("a"), "ab"));
	assert_true(slice_is_made_of(text_of("aba"), "ab"));
	assert_false(slice_is_made_of(text_of("abc"), "ab"));
	assert_false(slice_is_made_of(holed, "ab"));
	assert_true(slice_is_made_of(none, ""));
	assert_true(slice_holds_like(text_of("xDeVy"), "dev"));
	assert_false(slice_holds_like(text_of("xDe"), "dev"));
	assert_int_equal(slice_find(text_of("abca"), 'a'), 0);
	assert_int_equal(slice_find(text_of("abca"), 'c'), 2);
	assert_int_equal(slice_find(text_of("abca"), 'x'), 4);
}

static void expect_lower(const char *from, const char *to)
{
	struct arena arena = { 0 };

	assert_string_equal(slice_lower(&arena, text_of(from)), to);
	arena_release(&arena);
}

static void lowers_letters_that_become_ascii(void **state)
{
	(void)state;
	expect_lower("AbZ[@", "abz[@");
	expect_lower("\xE2\x84\xAA", "k");
	expect_lower("X\xC4\xB0Y", "xiy");
	expect_lower("\xE2\x84\xAB\xC4\xB1", "\xE2\x84\xAB\xC4\xB1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_white_space_as_go_does),
		cmocka_unit_test(knows_letters),
		cmocka_unit_test(cuts_words_at_blanks),
		cmocka_unit_test(compares_bytes),
		cmocka_unit_test(lowers_letters_that_become_ascii),
	};

	return cmocka_run_group_tests_name("slice", tests, NULL, NULL);
}
