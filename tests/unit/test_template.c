#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "syntax/template.h"

static const char *lookup(void *variables, const char *name)
{
	(void)variables;
	if (strcmp(name, "SET") == 0)
		return "val";
	return strcmp(name, "EMPTY") == 0 ? "" : NULL;
}

static void expect(const char *text, const char *expected, const char *unresolved)
{
	struct arena arena = { 0 };
	struct template result = template_expand(&arena, text, lookup, NULL);

	assert_string_equal(result.error ? result.error : result.text, expected);
	assert_string_equal(result.unresolved ? result.unresolved : "", unresolved);
	arena_release(&arena);
}

static void replaces_variables(void **state)
{
	(void)state;
	expect("a$SET-${SET}b", "aval-valb", "");
	expect("$UNSET", "", "UNSET");
	expect("${UNSET}x", "x", "UNSET");
	expect("plain", "plain", "");
	expect("${_a1-x}$_A9Z", "x", "_A9Z");
	expect("$_a1x$SET", "val", "_a1x");
	expect("$SET-b.$SET$", "val-b.val$", "");
	expect("$A$B", "", "A");
	/* A long s and the sign of Kelvin, but no other letter past ASCII. */
	expect("$\xC5\xBF-${a\xE2\x84\xAA-x}", "-x", "\xC5\xBF");
	expect("${\xC3\xA9-x}", "invalid interpolation format", "");
}

static void takes_what_stands_behind_an_operator(void **state)
{
	(void)state;
	expect("${UNSET:-d}", "d", "");
	expect("${EMPTY:-d}", "d", "");
	expect("${UNSET-d}", "d", "");
	expect("${EMPTY-d}", "", "");
	expect("${SET:+r}", "r", "");
	expect("${EMPTY:+r}", "", "");
	expect("${EMPTY+r}", "r", "");
	expect("${UNSET+r}", "", "");
	expect("${UNSET:?m}", "", "UNSET");
	expect("${EMPTY:?m}", "", "EMPTY");
	expect("${UNSET?m}", "", "UNSET");
	expect("${EMPTY?m}", "", "");
	expect("${SET?m}", "val", "");
	expect("${SET:?m}", "val", "");
	expect("${SET+}", "", "");
	expect("${SET-d}", "val", "");
	expect("${SET:-d}", "val", "");
	expect("${UNSET:-}", "", "");
	expect("${UNSET:+r}", "", "");
}

static const char *long_value(void *variables, const char *name)
{
	return strcmp(name, "LONG") == 0 ? variables : NULL;
}

/* A value of half the limit, twice; with a byte more. */
static void limits_the_length(void **state)
{
	struct arena arena = { 0 };
	char *half = arena_bytes(&arena, MAX_TEMPLATE_LENGTH / 2 + 1);
	struct template result;

	(void)state;
	memset(half, 'x', MAX_TEMPLATE_LENGTH / 2);
	half[MAX_TEMPLATE_LENGTH / 2] = '\0';
	result = template_expand(&arena, "${LONG}${UNSET:-$LONG}", long_value, half);
	assert_null(result.error);
	assert_int_equal(strlen(result.text), MAX_TEMPLATE_LENGTH);
	result = template_expand(&arena, "${LONG}${UNSET:-$LONG}.", long_value, half);
	assert_string_equal(result.error, "with its variables it is longer than 1 MiB");
	arena_release(&arena);
}

static void expands_what_is_nested(void **state)
{
	(void)state;
	expect("${UNSET:-${B:-deep}}-t", "deep-t", "");
	expect("${UNSET:-$SET}", "val", "");
	expect("${UNSET:-$B}", "", "B");
	expect("${SET:-$B}", "val", "");
	expect("${UNSET:-$$x}", "$x", "");
	expect("${U:-{a}}", "{a}", "");
	expect("${U:-a}${V:-b}", "ab", "");
	expect("${U:-a}$SET}", "aval}", "");
	expect("${SET:+${U:-d}}", "d", "");
	expect("${EMPTY:-${U-}}", "", "");
	expect("${U:-{a}b}c", "{a}bc", "");
	expect("${U:-{{a}}}", "{{a}}", "");
	expect("${U-{}", "{", "");
	expect("${U:-{}}", "{}", "");
	expect("${U:-{a}", "{a", "");
	expect("${U:-a\\}b}", "a\\b}", "");
	expect("${U:-$}", "$", "");
}

static void looks_for_a_brace_in_the_same_line(void **state)
{
	(void)state;
	expect("x\n${U:-c}\n${SET}", "x\nc\nval", "");
	expect("${U:-a}\n}", "a\n}", "");
	expect("${U:-a}b}c\nd}", "ab}c\nd}", "");
	expect("${U:-a} ${V:-b}\n${W:-c}}", "a b\nc}", "");
}

static void leaves_dollars_that_name_nothing(void **state)
{
	(void)state;
	expect("$$SET", "$SET", "");
	expect("$${SET}", "${SET}", "");
	expect("$$$SET", "$val", "");
	expect("a$", "a$", "");
	expect("$ x", "$ x", "");
	expect("$1", "$1", "");
	expect("$$", "$", "");
	expect("$$$", "$$", "");
	expect("$$$$", "$$", "");
	expect("$\xC3\xA9", "$\xC3\xA9", "");
}

static void refuses_what_is_no_template(void **state)
{
	static const char *const texts[] = { "${SET",
					     "${}",
					     "${1}",
					     "${SET:=x}",
					     "${SET#v}",
					     "${SET/v/x}",
					     "${SET }",
					     "${S\xC3\x89T}",
					     "${SET:-a\nb}",
					     "${SET:-${}}",
					     "${SET:",
					     "${SET-",
					     "${SET:-${",
					     "${U:+${",
					     "${SET:x}",
					     "${SET:}",
					     "${",
					     "$$${",
					     "${U:-a\nb} ${SET:-c}" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct arena arena = { 0 };
		struct template result = template_expand(&arena, texts[i], lookup, NULL);

		assert_non_null(result.error);
		assert_string_equal(result.error, "invalid interpolation format");
		arena_release(&arena);
	}
}

/* A text of many pieces is worked out, or refused, at once. */
static void expect_time(const char *piece, const char *tail, const char *error)
{
	struct template result = { 0 };
	struct arena arena = { 0 };
	struct buf text = { 0 };

	while (text.length < 1000000)
		buf_add(&text, piece);
	buf_add(&text, tail);
	result = template_expand(&arena, buf_text(&text), lookup, NULL);
	assert_string_equal(result.error ? result.error : "", error ? error : "");
	buf_release(&text);
	arena_release(&arena);
}

static void is_linear(void **state)
{
	(void)state;
	expect_time("${A:-x}", "", NULL);
	expect_time("${A:-x}", "\n", NULL);
	expect_time("${A:-", "", "invalid interpolation format");
	expect_time("${A:-{", "}", "invalid interpolation format");
	expect_time("$", "", NULL);
	expect_time("${A:-x\n", "}", "invalid interpolation format");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replaces_variables),
		cmocka_unit_test(takes_what_stands_behind_an_operator),
		cmocka_unit_test(limits_the_length),
		cmocka_unit_test(expands_what_is_nested),
		cmocka_unit_test(looks_for_a_brace_in_the_same_line),
		cmocka_unit_test(leaves_dollars_that_name_nothing),
		cmocka_unit_test(refuses_what_is_no_template),
		cmocka_unit_test(is_linear),
	};

	return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
