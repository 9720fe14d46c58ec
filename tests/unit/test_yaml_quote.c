#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "syntax/yaml.h"
#include "syntax/yaml_quote.h"

static void expect_same(const char *text)
{
	struct arena arena = { 0 };
	struct yaml_file file = { 0 };
	struct buf out = { 0 };

	buf_add(&out, "- key: ");
	yaml_quote(&out, text, 6);
	buf_addc(&out, '\n');
	yaml_read(&file, &arena, (struct text){ out.text, out.length });
	assert_null(file.error);
	assert_string_equal(yaml_get(file.documents.items[0]->in->items.items[0], "key")->value,
			    text);
	buf_release(&out);
	arena_release(&arena);
}

static void expect_quoted(const char *text, const char *wanted)
{
	struct buf out = { 0 };

	yaml_quote(&out, text, 2);
	assert_string_equal(out.text, wanted);
	buf_release(&out);
	expect_same(text);
}

static void quotes_what_would_end_or_change_a_string(void **state)
{
	(void)state;
	expect_quoted("", "\"\"");
	expect_quoted("api/Dockerfile.dev", "\"api/Dockerfile.dev\"");
	expect_quoted("a \"b\" 'c' \\d", "\"a \\\"b\\\" 'c' \\\\d\"");
	expect_quoted("a: b # c\n- d\t\r", "\"a: b # c\\x0a- d\\x09\\x0d\"");
	expect_quoted("\x7f\xc2\x85", "\"\\x7f\\x85\"");
	expect_quoted(" a ", "\" a \"");
}

static void shows_nothing_that_cannot_be_seen(void **state)
{
	(void)state;
	expect_quoted("caf\xc3\xa9 \xf0\x9f\x90\xb3", "\"caf\xc3\xa9 \xf0\x9f\x90\xb3\"");
	expect_quoted("\xef\xbb\xbf\xe2\x80\xae", "\"\\ufeff\\u202e\"");
	expect_quoted("\xef\xbf\xbe\xef\xbf\xbf\xf4\x8f\xbf\xbf", "\"\\ufffe\\uffff\\U0010ffff\"");
	expect_quoted("\xf3\xa0\x80\xa0", "\"\\U000e0020\"");
}

static void goes_on_behind_a_comma_when_a_line_is_full(void **state)
{
	char text[2001];

	(void)state;
	expect_quoted("services/{one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,"
		      "thirteen, fourteen}/Dockerfile.dev",
		      "\"services/{one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,"
		      "thirteen,\\\n  \\ fourteen}/Dockerfile.dev\"");
	/* each line is filled before the next begins */
	expect_quoted("0123456789,0123456789,0123456789,0123456789,0123456789,01234"
		      "56789,0123456789,0123456789,0123456789,0123456789,0123456789"
		      ",0123456789,0123456789,0123456789,0123456789,0123456789,0123"
		      "456789,0123456789",
		      "\"0123456789,0123456789,0123456789,0123456789,0123456789,0123"
		      "456789,0123456789,\\\n  0123456789,0123456789,0123456789,01234"
		      "56789,0123456789,0123456789,0123456789,\\\n  0123456789,012345"
		      "6789,0123456789,0123456789\"");
	memset(text, ',', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	expect_same(text);
	memset(text, 'a', 200);
	expect_same(text);
}

static void reads_as_it_was_whatever_byte_is_in_it(void **state)
{
	(void)state;
	for (int byte = 1; byte < 0x80; byte++) {
		const char text[] = { 'a', ',', (char)byte, (char)byte, 'b', (char)byte, '\0' };

		expect_same(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_what_would_end_or_change_a_string),
		cmocka_unit_test(shows_nothing_that_cannot_be_seen),
		cmocka_unit_test(goes_on_behind_a_comma_when_a_line_is_full),
		cmocka_unit_test(reads_as_it_was_whatever_byte_is_in_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
