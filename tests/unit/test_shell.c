/* What a shell takes for one word, and what it makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/shell.h"

static void quotes_only_what_is_not_plain(void **state)
{
	static const char *const cases[][2] = {
		{ "a/b-c.d_e@f%g+h:i,j", "a/b-c.d_e@f%g+h:i,j" },
		{ "", "''" },
		{ "a b", "'a b'" },
		{ "it's", "'it'\\''s'" },
		{ "$(x)", "'$(x)'" },
		{ "~", "'~'" },
		{ "a\nb", "'a\nb'" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(shell_word(&arena, cases[i][0]), cases[i][1]);
	arena_release(&arena);
}

/* Only a word all of which is quoted, as shell_quote() does it; it ends with the quotes. */
static void takes_quotes_off_again(void **state)
{
	static const char *const cases[][2] = {
		{ "'a b'", "a b" }, { "'it'\\''s'", "it's" }, { "'' x", "" },
		{ "'a' b", "a" },   { "'a'b", "a" },          { "'a\\b'", "a\\b" },
		{ "'a'\\", "a" },   { "plain", "" },          { "", "" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(shell_unquote(&arena, cases[i][0]), cases[i][1]);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_only_what_is_not_plain),
		cmocka_unit_test(takes_quotes_off_again),
	};

	return cmocka_run_group_tests_name("shell", tests, NULL, NULL);
}
