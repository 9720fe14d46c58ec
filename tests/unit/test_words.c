#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "syntax/words.h"

#define STEPS 100000

/* V=foo.bar.baz, E is empty, B="a}b/c*d\\", Q="a?", X are two ill-formed bytes and a U+FFFD, É is a
 * name too, and so are the Arabic digits 3 and 4; U has no value */
static void set_values(struct words *words, struct map *values)
{
	static char v[] = "foo.bar.baz", e[] = "", b[] = "a}b/c*d\\", q[] = "a?";
	static char x[] = "\xFE\xFF\xEF\xBF\xBD", letter[] = "accent", digits[] = "34";

	map_put(values, words->arena, "V", v);
	map_put(values, words->arena, "E", e);
	map_put(values, words->arena, "B", b);
	map_put(values, words->arena, "Q", q);
	map_put(values, words->arena, "X", x);
	map_put(values, words->arena, "\xC3\x89_1", letter);
	map_put(values, words->arena, "\xD9\xA3\xD9\xA4", digits);
	words->values = values;
}

static void expect_word(const char *word, const char *expected)
{
	struct arena arena = { 0 };
	struct map values = { 0 };
	struct words words = { .arena = &arena, .escape = '\\', .limit = STEPS };
	struct text result = { 0 };
	bool done = false;

	set_values(&words, &values);
	done = words_expand(&words, &result, (struct text){ word, strlen(word) });
	assert_string_equal(done ? result.bytes : words.error, expected);
	arena_release(&arena);
}

/* What a value may hold that replaces a match. */
static void replaces_matches_as_go_does(void **state)
{
	static const struct {
		const char *word, *with, *expected;
	} cases[] = {
		{ "${V//ba/$R}", "<$0>", "foo.<ba>r.<ba>z" },
		{ "${V//ba?/$R}", "${0}_", "foo.bar_.baz_" },
		{ "${V//ba/$R}", "$0$0", "foo.babar.babaz" },
		{ "${V//ba/$R}", "$$0", "foo.$0r.$0z" },
		{ "${V//ba/$R}", "$1-$name${1}${x}", "foo.-r.-z" },
		{ "${V//ba/$R}", "$0x", "foo.r.z" },
		{ "${V//ba/$R}", "$00", "foo.r.z" },
		{ "${V//ba/$R}", "a$", "foo.a$r.a$z" },
		{ "${V//ba/$R}", "$-${0${}", "foo.$-${0${}r.$-${0${}z" },
		{ "${V/ba/$R}", "<$0>", "foo.<$0>r.baz" },
		{ "${E//*/$R}", "<$0>", "<>" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena arena = { 0 };
		struct map values = { 0 };
		struct words words = { .arena = &arena, .escape = '\\', .limit = STEPS };
		struct text result = { 0 };

		set_values(&words, &values);
		map_put(&values, &arena, "R", arena_string(&arena, cases[i].with));
		assert_true(words_expand(&words, &result,
					 (struct text){ cases[i].word, strlen(cases[i].word) }));
		assert_string_equal(result.bytes, cases[i].expected);
		arena_release(&arena);
	}
}

static void puts_values_in(void **state)
{
	(void)state;
	expect_word("$V", "foo.bar.baz");
	expect_word("${V}x$U", "foo.bar.bazx");
	expect_word("$V-x", "foo.bar.baz-x");
	expect_word("\"$V\"", "foo.bar.baz");
	expect_word("'$V'", "$V");
	expect_word("\\$V", "$V");
	expect_word("a$", "a$");
	expect_word("$1a${?}$$", "a");
	expect_word("$1a", "a");
	expect_word("a$12", "a");
	expect_word("$*a$@b$#c$-d$!e$?", "abcde");
	expect_word("$\xC3\x89_1-x", "accent-x");
	expect_word("$\xD9\xA3\xD9\xA4x", "34x");
	expect_word("${\xD9\xA3\xD9\xA4}", "34");
	expect_word("$V\xD9\xA3", "");
	expect_word("$V\xCC\x81", "foo.bar.baz\xCC\x81");
	expect_word("$V\xE2\x85\xA7", "foo.bar.baz\xE2\x85\xA7");
	expect_word("\xEF\xBB\xBF"
		    "a",
		    "a");
	expect_word("\xEF\xBB\xBF$E\"b\"", "b");
	expect_word("\xEF\xBB\xBF\xEF\xBB\xBF"
		    "a",
		    "\xEF\xBB\xBF"
		    "a");
	expect_word("\"\xEF\xBB\xBF\"", "\xEF\xBB\xBF");
	expect_word("${U:-\xEF\xBB\xBF"
		    "a}",
		    "\xEF\xBB\xBF"
		    "a");
	expect_word("${\xC3\x89_1}", "accent");
	expect_word("$V_1", "");
	expect_word("$ $%", "$ $%");
	expect_word("x\\", "x");
}

/* Between double quotes a backslash makes a quote, a '$' or a backslash plain, and nothing else. */
static void keeps_most_backslashes_between_double_quotes(void **state)
{
	(void)state;
	expect_word("\"a\\\"b\"", "a\"b");
	expect_word("\"\\$V\"", "$V");
	expect_word("\"a\\\\b\"", "a\\b");
	expect_word("\"a\\nb\"", "a\\nb");
	expect_word("\"a'b\"", "a'b");
	expect_word("\"$V x ${U}\"", "foo.bar.baz x ");
	expect_word("\"${V\"", "it uses an operator in '${...}' that is not supported");
	expect_word("\"a\\\"", "it holds a double quote without its end");
	expect_word("\"a\\", "it holds a double quote without its end");
	expect_word("'a\\'", "a\\");
	expect_word("${U:-\"a\\\"b\"}", "a\"b");
	expect_word("${V#\"foo\\.\"}", "foo.bar.baz");
}

static void takes_another_word_for_a_value(void **state)
{
	(void)state;
	expect_word("${U-d}/${E-d}/${V-d}", "d//foo.bar.baz");
	expect_word("${U:-d}/${E:-d}", "d/d");
	expect_word("${V+s}/${E+s}/${U+s}", "s/s/");
	expect_word("${V:+s}/${E:+s}/${U:+s}", "s//");
	expect_word("${V?m}/${E?m}", "foo.bar.baz/");
	expect_word("${U:-${E:-deep}}", "deep");
	expect_word("${U:-\\}}", "}");
	expect_word("${U-\"a b\"}", "a b");
	expect_word("${U-}", "");
	expect_word("${V+}", "");
	expect_word("${1-one}", "one");
}

static void takes_patterns_away(void **state)
{
	(void)state;
	expect_word("${V#*.}", "bar.baz");
	expect_word("${V##*.}", "baz");
	expect_word("${V%.*}", "foo.bar");
	expect_word("${V%%.*}", "foo");
	expect_word("${V#\\*}", "foo.bar.baz");
	expect_word("${V#??}", "o.bar.baz");
	expect_word("${V%?}", "foo.bar.ba");
	expect_word("${V##}", "foo.bar.baz");
	expect_word("${V%\".\"*}", "foo.bar");
	expect_word("${V#f$E}", "oo.bar.baz");
	expect_word("${V#}", "foo.bar.baz");
	expect_word("${V#*}", "foo.bar.baz");
	expect_word("${V%*}", "foo.bar.baz");
	expect_word("${V#x*}", "foo.bar.baz");
	expect_word("${V%%*}", "");
	expect_word("${V%x}", "foo.bar.baz");
	expect_word("${V##*[.]}", "foo.bar.baz");
	/* From the end a pattern is turned round before its escapes are read. */
	expect_word("${V%'?\\'}", "foo.bar.baz");
	expect_word("${Q%'?\\'}", "a");
	expect_word("${V%'z\\'}", "a pattern escapes what needs no escape");
	expect_word("${V#'?\\'}", "a pattern escapes what needs no escape");
	expect_word("${U#*}${U%%*}", "");
	expect_word("${B#a\\}}", "b/c*d\\");
	expect_word("${B#*\\/}", "c*d\\");
	expect_word("${B##*\\*}", "d\\");
	expect_word("${B%\\\\}", "a}b/c*d");
	expect_word("${B#*\\?}", "a}b/c*d\\");
	/* each ill-formed byte is one, and matches itself alone */
	expect_word("${X#?}", "\xFF\xEF\xBF\xBD");
	expect_word("${X#\xFE}", "\xFF\xEF\xBF\xBD");
	expect_word("${X#\xFF}", "\xFE\xFF\xEF\xBF\xBD");
	expect_word("${X%\xEF\xBF\xBD}", "\xFE\xFF");
	expect_word("${X#\xEF\xBF\xBD}", "\xFE\xFF\xEF\xBF\xBD");
}

static void replaces_patterns(void **state)
{
	(void)state;
	expect_word("${V/bar/qux}", "foo.qux.baz");
	expect_word("${V//ba/x}", "foo.xr.xz");
	expect_word("${V//ba?/x}", "foo.x.x");
	expect_word("${V//*/x}", "x");
	expect_word("${V//./}", "foobarbaz");
	expect_word("${V//b/a/b}", "foo.a/bar.a/baz");
	expect_word("${V/\\//x}", "foo.bar.baz");
	expect_word("${E//x/y}", "");
	expect_word("${E//*/y}", "y");
	expect_word("${U/*/y}", "y");
	expect_word("${V/x/y}", "foo.bar.baz");
	expect_word("${V//x/y}", "foo.bar.baz");
	expect_word("${V/$U/x}", "xfoo.bar.baz");
	expect_word("${V/bar/$V}", "foo.foo.bar.baz.baz");
	expect_word("${B/\\//x}", "a}bxc*d\\");
	expect_word("${B/\\}/x}", "axb/c*d\\");
	expect_word("${V///-}", "-f-o-o-.-b-a-r-.-b-a-z-");
}

static void refuses_what_the_builder_refuses(void **state)
{
	static const char unsupported[] = "it uses an operator in '${...}' that is not supported";
	static const char no_name[] = "it holds a '${' that names no variable";
	static const char no_end[] = "it holds a '${' without its '}'";

	(void)state;
	expect_word("${V:=x}", unsupported);
	expect_word("${V:#x}", unsupported);
	expect_word("${V:0:3}", unsupported);
	expect_word("${V^^}", unsupported);
	expect_word("${V,,}", unsupported);
	expect_word("${#V}", unsupported);
	expect_word("${}", no_name);
	expect_word("${:x}", no_name);
	expect_word("${{x}", no_name);
	expect_word("${V", no_end);
	expect_word("${V-x", no_end);
	expect_word("${V/b}", no_end);
	expect_word("${V/b/c", no_end);
	expect_word("${V//b", no_end);
	expect_word("${V:", no_end);
	expect_word("${V:-x", no_end);
	expect_word("${V#x", no_end);
	expect_word("${", no_name);
	expect_word("${V:\xC3\x89x}", unsupported);
	expect_word("${V:%x}", unsupported);
	expect_word("${V!}", unsupported);
	expect_word("${V#'\\'}", "a pattern escapes what needs no escape");
	expect_word("${V/a\\b/c}", "a pattern escapes what needs no escape");
	expect_word("${U-${V}", no_end);
	expect_word("\"${U-'}\"", "it holds a single quote without its end");
	expect_word("${U?m}", "a variable that it requires has no value");
	expect_word("${E:?m}", "a variable that it requires has no value");
	expect_word("${V#a\\b}", "a pattern escapes what needs no escape");
	expect_word("\"${V}", "it holds a double quote without its end");
	expect_word("'${V}", "it holds a single quote without its end");
}

/* "${a:-" count times over, and the ends. */
static void nest(struct buf *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_add(out, "${U:-");
	buf_addc(out, 'x');
	buf_repeat(out, '}', count);
}

static void limits_nesting(void **state)
{
	struct buf word = { 0 };

	(void)state;
	nest(&word, MAX_WORD_NESTING);
	expect_word(word.text, "x");
	buf_clear(&word);
	nest(&word, MAX_WORD_NESTING + 1);
	expect_word(word.text, "its variables are nested more than 100 deep");
	buf_release(&word);
}

static void limits_steps(void **state)
{
	struct buf word = { 0 };

	(void)state;
	buf_repeat(&word, 'x', STEPS);
	expect_word(word.text, word.text);
	buf_addc(&word, 'x');
	expect_word(word.text, "its variables take more than 100000 steps to expand");
	buf_clear(&word);
	for (size_t i = 0; i <= STEPS / strlen("foo.bar.baz"); i++)
		buf_add(&word, "$V");
	expect_word(word.text, "its variables take more than 100000 steps to expand");
	buf_release(&word);
}

/* Whatever a word does, it is refused up to a limit, and past it always has the same value. */
static void refuses_a_word_that_takes_more_steps_than_there_are(void **state)
{
	static const char *const words_of[] = {
		"abc",     "a$V",        "\"a\\\"b$V\"", "'a b'",    "${U:-a$V}", "${V##*.}",
		"${V%.*}", "${V//b?/x}", "${V/*/x}",     "${V//b/}", "\\a",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(words_of) / sizeof(words_of[0]); i++) {
		struct text word = { words_of[i], strlen(words_of[i]) };
		const char *value = NULL;

		for (size_t limit = 0; limit < 200; limit++) {
			struct arena arena = { 0 };
			struct map values = { 0 };
			struct words words = { .arena = &arena, .escape = '\\', .limit = limit };
			struct text result = { 0 };
			static char first[100];

			set_values(&words, &values);
			if (!words_expand(&words, &result, word)) {
				assert_null(value);
				assert_true(words.over_limit);
				assert_int_equal(words.steps, limit);
			} else if (!value) {
				assert_true(limit > 0 && words.steps == limit);
				value = strcpy(first, result.bytes);
			} else {
				assert_string_equal(result.bytes, value);
				assert_true(words.steps < limit);
			}
			arena_release(&arena);
		}
		assert_non_null(value);
	}
}

static void expect_words(const char *line, const char *expected)
{
	struct arena arena = { 0 };
	struct map values = { 0 };
	struct words words = { .arena = &arena, .escape = '\\', .limit = STEPS };
	struct texts list = { 0 };
	struct buf out = { 0 };

	words.raw_quotes = words.raw_escapes = words.keep_unset = true;
	words.values = &values;
	if (!words_split(&words, &list, (struct text){ line, strlen(line) }))
		buf_add(&out, words.error);
	else
		vec_each (const struct text *, word, &list)
			buf_addf(&out, "[%s]", word->bytes);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void splits_words(void **state)
{
	(void)state;
	expect_words(" a  b\tc ", "[a][b][c]");
	expect_words("a 'b c' \"d e\"", "[a]['b c'][\"d e\"]");
	expect_words("a\\ b", "[a\\ b]");
	expect_words("cat << EOF > x", "[cat][<< EOF][>][x]");
	expect_words("$A ${B} ${C:-d} ${D/e/f}", "[$A][${B}][${C:-d}][${D/e/f}]");
	expect_words("a\xC2\xA0"
		     "b",
		     "[a][b]");
	expect_words("", "");
	expect_words("$U$1 $$ ${U-x}", "[$U$1][$$][${U-x}]");
	expect_words("${U:-x y} ${U?m} ${U#x}", "[${U:-x][y}][${U?m}][${U#x}]");
	expect_words("a\"\\\"b c\" d", "[a\"\\\"b c\"][d]");
	expect_words("a<b <<  c <<\td", "[a<b][<<  c][<<\td]");
	expect_words("'a b", "it holds a single quote without its end");
	expect_words("a\\", "[a\\]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replaces_matches_as_go_does),
		cmocka_unit_test(puts_values_in),
		cmocka_unit_test(keeps_most_backslashes_between_double_quotes),
		cmocka_unit_test(takes_another_word_for_a_value),
		cmocka_unit_test(takes_patterns_away),
		cmocka_unit_test(replaces_patterns),
		cmocka_unit_test(refuses_what_the_builder_refuses),
		cmocka_unit_test(limits_nesting),
		cmocka_unit_test(limits_steps),
		cmocka_unit_test(refuses_a_word_that_takes_more_steps_than_there_are),
		cmocka_unit_test(splits_words),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
