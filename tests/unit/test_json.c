#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "syntax/exec_form.h"
#include "syntax/json.h"
#include "syntax/slice.h"

static struct text text_of(const char *bytes)
{
	return (struct text){ bytes, strlen(bytes) };
}

/* What the key "a" of an object is, as it is written; NULL: the text has none. */
static void expect_member(const char *object, const char *wanted)
{
	struct arena arena = { 0 };
	struct text value = { 0 };
	bool found = json_member(&value, &arena, text_of(object), "a");

	assert_int_equal(found, wanted != NULL);
	if (wanted)
		assert_string_equal(slice_string(&arena, value), wanted);
	arena_release(&arena);
}

static void finds_a_value_as_it_is_written(void **state)
{
	(void)state;
	expect_member("{\"a\": \"x\"}", "\"x\"");
	expect_member(" {\"b\" : [{\"a\":1}], \"a\" :{\"b\": [ 1,2 ]} }\n", "{\"b\": [ 1,2 ]}");
	expect_member("{\"\\u0061\":-1.5e3}", "-1.5e3");
	expect_member("{\"a\":true,\"a\":null}", "null");
	expect_member("{\"b\":\"\\ud83d\\ude00\x7f\",\"a\":1}", "1");
	expect_member("\t{\"a\"\r:\n0}\r", "0");
	expect_member("{\"a\":10E+2}", "10E+2");
	expect_member("{ \"b\" : [ ] , \"c\" : { } , \"a\" : [ 1 , { } ] }", "[ 1 , { } ]");
	expect_member("{\"a\":1e-2}", "1e-2");
	expect_member("{\"a\":1e-400}", "1e-400");
	expect_member("{\"a\":-1e308}", "-1e308");
	expect_member("{\"a b\":0,\"a\":\"x y\"}", "\"x y\"");
	expect_member("{\"a\":[{},[],{\"b\":[]}]}", "[{},[],{\"b\":[]}]");
	expect_member("{\"b\":\"\\u00Af\\/\\b\\f\\n\\r\\t\",\"a\":false}", "false");
}

static void takes_nothing_else_for_an_object(void **state)
{
	(void)state;
	expect_member("", NULL);
	expect_member("{}", NULL);
	expect_member("[\"a\"]", NULL);
	expect_member("{\"b\":{\"a\":1}}", NULL);
	expect_member("{\"a\":1", NULL);
	expect_member("{\"a\":1,}", NULL);
	expect_member("{\"a\":1} x", NULL);
	expect_member("{\"a\":01}", NULL);
	expect_member("{\"a\":'x'}", NULL);
	expect_member("{\"a\":\"x\ty\"}", NULL);
	expect_member("{\"a\":\"\\q\"}", NULL);
	expect_member("{a:1}", NULL);
	expect_member("{\"a\" 1}", NULL);
	expect_member("{\"a\":{\"b\"}}", NULL);
	expect_member("{\"a\":{b:1}}", NULL);
	expect_member("{\"a\":[1,]}", NULL);
	expect_member("{\"a\":{\"b\":1,}}", NULL);
	expect_member("{\"a\":[1}}", NULL);
	expect_member("{\"a\":1e}", NULL);
	expect_member("{\"a\":1e400}", NULL);
	expect_member("{\"a\":1,\"b\":[-1e309]}", NULL);
	expect_member("{\"a\":1.}", NULL);
	expect_member("{\"a\":-}", NULL);
	expect_member("{\"a\":tru}", NULL);
	expect_member("{\"a\":\"\\u00g0\"}", NULL);
	expect_member("{\"a\":\"\\u00", NULL);
	expect_member("{\"a\":\"\\", NULL);
	expect_member("{\"a\":\"x", NULL);
}

static void says_what_a_string_means(void **state)
{
	struct arena arena = { 0 };
	struct text text = { 0 };

	(void)state;
	assert_true(json_string_of(&text, &arena, text_of("\"a\\/\\u00e9\\ud83d\\ude00\"")));
	assert_string_equal(slice_string(&arena, text), "a/\xc3\xa9\xf0\x9f\x98\x80");
	assert_false(json_string_of(&text, &arena, text_of("1")));
	assert_false(json_string_of(&text, &arena, text_of("\"a\" \"b\"")));
	arena_release(&arena);
}

/* As RFC 8259 and encoding/json of Go have it: half a pair is U+FFFD. */
static void decodes_what_stands_for_a_character(void **state)
{
	static const struct {
		const char *written, *text;
	} cases[] = {
		{ "\\u007f\\u0080", "\x7f\xc2\x80" },
		{ "\\u07ff\\u0800", "\xdf\xbf\xe0\xa0\x80" },
		{ "\\ud7ff\\ue000\\uFFFF", "\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf" },
		{ "\\ud800\\udc00", "\xf0\x90\x80\x80" },
		{ "\\uDBFF\\uDFFF", "\xf4\x8f\xbf\xbf" },
		{ "\\ud83d", "\xef\xbf\xbd" },
		{ "\\ud83dxxxxxx", "\xef\xbf\xbdxxxxxx" },
		{ "\\ud83d\\nabcd", "\xef\xbf\xbd\nabcd" },
		{ "\\ud83d\\u0041", "\xef\xbf\xbd\x41" },
		{ "\\ud83d\\ud83d", "\xef\xbf\xbd\xef\xbf\xbd" },
		{ "\\ud83d\\ue000", "\xef\xbf\xbd\xee\x80\x80" },
		{ "\\ude00\\ud83d", "\xef\xbf\xbd\xef\xbf\xbd" },
		{ "\\ud83d\\\\u0041", "\xef\xbf\xbd\\u0041" },
		{ "\\b\\f\\n\\r\\t\\\"\\/\\\\", "\b\f\n\r\t\"/\\" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena arena = { 0 };
		struct text text = { 0 };
		const char *written = arena_printf(&arena, "\"%s\"", cases[i].written);

		assert_true(json_string_of(&text, &arena, text_of(written)));
		assert_string_equal(slice_string(&arena, text), cases[i].text);
		arena_release(&arena);
	}
}

static void reads_as_deep_as_the_limit(void **state)
{
	char deep[2 * MAX_JSON_DEPTH + 16] = "{\"a\":";
	size_t start = strlen(deep), depth = MAX_JSON_DEPTH;
	struct arena arena = { 0 };
	struct text value = { 0 };

	(void)state;
	memset(deep + start, '[', depth);
	memset(deep + start + depth, ']', depth);
	strcpy(deep + start + 2 * depth, "}");
	assert_true(json_member(&value, &arena, text_of(deep), "a"));
	depth++;
	memset(deep + start, '[', depth);
	memset(deep + start + depth, ']', depth);
	strcpy(deep + start + 2 * depth, "}");
	assert_false(json_member(&value, &arena, text_of(deep), "a"));
	arena_release(&arena);
}

static void takes_no_rest_of_a_bad_string_for_an_element(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	assert_int_equal(exec_form_read(NULL, &arena, text_of("[\"a\", 1]")), EXEC_MIXED);
	assert_int_equal(exec_form_read(NULL, &arena, text_of("[\"\t1]")), EXEC_NONE);
	assert_int_equal(exec_form_read(NULL, &arena, text_of("[\"\\q1]")), EXEC_NONE);
	assert_int_equal(exec_form_read(NULL, &arena, text_of("[")), EXEC_NONE);
	assert_int_equal(exec_form_read(NULL, &arena, text_of("[\"a\",")), EXEC_NONE);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_a_value_as_it_is_written),
		cmocka_unit_test(takes_nothing_else_for_an_object),
		cmocka_unit_test(says_what_a_string_means),
		cmocka_unit_test(decodes_what_stands_for_a_character),
		cmocka_unit_test(reads_as_deep_as_the_limit),
		cmocka_unit_test(takes_no_rest_of_a_bad_string_for_an_element),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
