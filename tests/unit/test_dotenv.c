#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "syntax/dotenv.h"

static const char *lookup(void *variables, const char *name)
{
	(void)variables;
	return strcmp(name, "OUTER") == 0 ? "outer" : NULL;
}

/* The values of A to E, then the error. */
static void expect_bytes(const char *text, size_t length, const char *expected)
{
	struct arena arena = { 0 };
	struct dotenv file = { 0 };
	struct buf out = { 0 };

	dotenv_read(&file, &arena, (struct text){ text, length }, lookup, NULL);
	for (char name = 'A'; name <= 'E'; name++) {
		const char *value = map_get(&file.values, (const char[]){ name, '\0' });

		if (value == template_unknown)
			buf_addf(&out, "%c?;", name);
		else if (value)
			buf_addf(&out, "%c=%s;", name, value);
	}
	if (file.error)
		buf_addf(&out, "%u: %s", file.line, file.error);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_release(&arena);
}

static void expect(const char *text, const char *expected)
{
	expect_bytes(text, strlen(text), expected);
}

static void reads_plain_values(void **state)
{
	(void)state;
	expect("A=1\nB: two words \nexport C=3 # why\nD=a#b\n# E=5\nE=\n",
	       "A=1;B=two words;C=3;D=a#b;E=;");
	expect("\xEF\xBB\xBF"
	       "A = 1\r\nB=2\r\n",
	       "A=1;B=2;");
}

static void reads_names(void **state)
{
	(void)state;
	expect("export\tA=1\nexport  B=2\nexportC=3\nexport D: 4\n", "A=1;B=2;D=4;");
	expect("export\nexport=1\nA=2\n", "A=2;");
	expect("A-b=1\nA.b=2\nA[0]=3\n_=4\n9a=5\n0=6\nA=x\n", "A=x;");
	expect("A", "");
	expect("A=", "A=;");
	expect("A:", "A=;");
	expect("\nA=1\n  \n=x\n \t# y\n  B=2", "A=1;B=2;");
	expect("#", "");
	expect("A=1\n#", "A=1;");
	expect(" ", "");
}

static void reads_plain_values_as_they_are(void **state)
{
	(void)state;
	expect("A=\\x\\\nB=#x\nC= #x\nD=x\t#y\nE=x\\nb\n", "A=\\x\\;B=#x;C=#x;D=x\t#y;E=x\\nb;");
	expect("A=`x`\nB=\n\nC= \nD=x #y #z\n", "A=`x`;B=;C=;D=x;");
}

static void expect_error(const struct buf *text, unsigned line, const char *error)
{
	struct arena arena = { 0 };
	struct dotenv file = { 0 };

	dotenv_read(&file, &arena, (struct text){ buf_text(text), text->length }, lookup, NULL);
	assert_string_equal(file.error ? file.error : "", error);
	assert_int_equal(file.line, line);
	arena_release(&arena);
}

/* A small file makes much: each line has the one before twice, up to 1 MiB, and then once. */
static void limits_what_variables_make(void **state)
{
	struct buf text = { 0 };

	(void)state;
	buf_add(&text, "A=0123456789abcdef\n");
	for (unsigned i = 0; i < 16; i++)
		buf_add(&text, "A=$A$A\n");
	expect_error(&text, 0, "");
	for (unsigned i = 0; i < 13; i++)
		buf_add(&text, "B=$A\n");
	expect_error(&text, 0, "");
	buf_add(&text, "B=$A\n");
	expect_error(&text, 31, "with all its variables it takes more than 16 MiB");
	buf_release(&text);
}

static void reads_quoted_values(void **state)
{
	(void)state;
	expect("A='$X # \\n'\nB=\"pr#od\" # c\nC=\"a\\n\\t\\$X \\\"q\\\"\"\nD='two\nlines'\n",
	       "A=$X # \\n;B=pr#od;C=a\n\t$X \"q\";D=two\nlines;");
}

static void undoes_escapes_between_quotes(void **state)
{
	(void)state;
	expect("A=\"\\a\\b\\f\\n\\r\\t\\v\\q\\\\\"\nB='\\n\\\\\\''\n",
	       "A=\a\b\f\n\r\t\v\\q\\;B=\\n\\\\';");
	expect("A=\"\\u0041\\$X\\1\"\n", "A=\\u0041$X\\1;");
	expect("A='${B'\nB=\"b\"", "A=${B;B=b;");
	expect("A=\"1\" c\nB='1'C=2\nD=\"1\"#c\n", "A=1;B=1;C=2;D=1;");
}

static void keeps_line_ends_in_quotes(void **state)
{
	(void)state;
	expect("A=\"x\r\ny\"\r\nB='x\r\ny'\n", "A=x\r\ny;B=x\r\ny;");
}

static void takes_no_break_spaces_for_blanks(void **state)
{
	(void)state;
	expect("\xC2\xA0"
	       "A\xC2\xA0=\xC2\xA0x\xC2\xA0\n\xE2\x80\x83"
	       "B=\xE2\x80\x83x\xE2\x80\x83\n\xC2\x85# C=x\n",
	       "A=x;B=\xE2\x80\x83x;");
	expect("A\xE2\x80\x83=x\n", "1: unexpected character in the name of a variable");
}

static void takes_letters_alone_for_a_name(void **state)
{
	(void)state;
	expect("\xC3\xA9=x\nA=y\n", "A=y;");
	expect("\xD9\xA3=x\n\xE2\x85\xA7=x\n\xC2\xB2=x\nA=y\n", "A=y;");
	expect("A\xCC\x81=x\n", "1: unexpected character in the name of a variable");
	expect("A\xE2\x80\x93"
	       "B=x\n",
	       "1: unexpected character in the name of a variable");
}

static void reads_octal_digits(void **state)
{
	(void)state;
	expect("A=\"\\0101 \\0377 \\0400 \\0129 \\01 \\0 \\089\"\n",
	       "A=A \xC3\xBF \\400 \\129 \\1 \\ \\89;");
	expect("A=\"\\0001\\0177\\0200\\0000\\0777\"\n", "A=\x01\x7F\xC2\x80\\000\\777;");
}

static void expands_variables(void **state)
{
	(void)state;
	expect("A=1\nB=$A-${OUTER}-${X:-d}\nC=\"$A\"\nD=$X\n", "A=1;B=1-outer-d;C=1;D?;");
}

static void knows_that_a_value_is_not_known(void **state)
{
	(void)state;
	expect("A=1\nA=$X'\nB=${A:-d}\nC=${A:+d}\nD=${A?}\nE=${X:-$A}\n", "A?;B?;C?;D?;E?;");
}

static void leaves_a_name_alone_to_the_environment(void **state)
{
	(void)state;
	expect("A\nB=2\n", "B=2;");
	expect("A=1\nA\nB=$A\n", "A=1;B=1;");
}

static void says_where_it_cannot_go_on(void **state)
{
	(void)state;
	expect("A=1\nB!=2\n", "A=1;2: unexpected character in the name of a variable");
	expect("A=1\nB=\"2\n", "A=1;2: a quote is not closed");
	expect("A b=1\n", "1: the name of a variable holds a space");
	expect("A=${\n", "1: invalid interpolation format");
	expect("A=\"${B\"\n", "1: invalid interpolation format");
	expect("A 1\n", "1: the name of a variable holds a space");
	expect("exp A=1\n", "1: the name of a variable holds a space");
	expect("A='x\\'y'\nB='x\\", "A=x'y;2: a quote is not closed");
	expect("A='x\\'", "1: a quote is not closed");
	expect("A=\"", "1: a quote is not closed");
	expect("\xEF\xBB"
	       "A=1\n",
	       "1: unexpected character in the name of a variable");
	expect("\n\n=\"", "3: a quote is not closed");
	expect_bytes("A=1\0\n", 5, "0: holds a NUL character");
	expect_bytes("A=\n\0B", 5, "0: holds a NUL character");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_plain_values),
		cmocka_unit_test(reads_names),
		cmocka_unit_test(reads_plain_values_as_they_are),
		cmocka_unit_test(limits_what_variables_make),
		cmocka_unit_test(reads_quoted_values),
		cmocka_unit_test(undoes_escapes_between_quotes),
		cmocka_unit_test(keeps_line_ends_in_quotes),
		cmocka_unit_test(takes_no_break_spaces_for_blanks),
		cmocka_unit_test(takes_letters_alone_for_a_name),
		cmocka_unit_test(reads_octal_digits),
		cmocka_unit_test(expands_variables),
		cmocka_unit_test(knows_that_a_value_is_not_known),
		cmocka_unit_test(leaves_a_name_alone_to_the_environment),
		cmocka_unit_test(says_where_it_cannot_go_on),
	};

	return cmocka_run_group_tests_name("dotenv", tests, NULL, NULL);
}
