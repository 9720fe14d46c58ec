#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "syntax/yaml.h"

static void expect_type(const char *expected, const char *scalar)
{
	struct arena arena = { 0 };
	struct yaml_file file = { 0 };
	const char *text = arena_printf(&arena, "key: %s\n", scalar);
	const char *name = NULL;

	yaml_read(&file, &arena, (struct text){ text, strlen(text) });
	assert_null(file.error);
	name = yaml_type_name(yaml_get(file.documents.items[0], "key"));
	if (strcmp(name, expected) != 0)
		fail_msg("'%s' is %s, not %s", scalar, name, expected);
	arena_release(&arena);
}

static void expect_types(const char *expected, const char *const *scalars)
{
	for (; *scalars; scalars++)
		expect_type(expected, *scalars);
}

static void knows_null_and_booleans(void **state)
{
	static const char *const nulls[] = { "", "~", "null", "Null", "NULL", "!!null x", NULL };
	static const char *const booleans[] = { "true",  "True",  "TRUE",     "false",
						"False", "FALSE", "!!bool x", NULL };
	static const char *const strings[] = { "nUll", "tRUE", "yes", "no",       "on", "off",
					       "y",    "''",   "'~'", "\"true\"", NULL };

	(void)state;
	expect_types("null", nulls);
	expect_types("a boolean", booleans);
	expect_types("a string", strings);
}

static void knows_numbers(void **state)
{
	static const char *const numbers[] = { "0",
					       "007",
					       "+1",
					       "-1",
					       "1_000",
					       "1.5",
					       "1.",
					       ".5",
					       "-.5",
					       "1e3",
					       "1E+3",
					       "1e-3",
					       "1.5e9",
					       "0x1F",
					       "0X1f",
					       "0o17",
					       "0b101",
					       "-0b1",
					       ".inf",
					       "-.INF",
					       "+.Inf",
					       ".nan",
					       ".NaN",
					       "-0x8000000000000000",
					       "0xffffffffffffffff",
					       "+0x7fffffffffffffff",
					       "!!int x",
					       "!!float x",
					       "1__0",
					       ".1_0",
					       NULL };
	static const char *const strings[] = { "1x",
					       "_1",
					       "1.2.3",
					       ".",
					       "+",
					       "e3",
					       "1e",
					       "1e+",
					       "1e3x",
					       "0x",
					       "0xg",
					       "0o8",
					       "0b2",
					       "0b",
					       "1e999",
					       "-1e999",
					       "..5",
					       "._5",
					       ".5_",
					       ".5_x",
					       "0x1.8",
					       "0x10000000000000000",
					       "-0x8000000000000001",
					       "+0x8000000000000000",
					       "+",
					       "-inf",
					       "inf",
					       "nan",
					       ".Nan",
					       NULL };

	(void)state;
	expect_types("a number", numbers);
	expect_types("a string", strings);
}

/* 512 digits without underscores, and what is longer is a text. */
static void takes_no_number_that_is_too_long(void **state)
{
	char digits[600] = { 0 };

	(void)state;
	memset(digits, '0', 512);
	expect_type("a number", digits);
	memset(digits, '0', 513);
	expect_type("a string", digits);
	memcpy(digits, "0x", 2);
	expect_type("a string", digits);
}

static void knows_dates(void **state)
{
	static const char *const dates[] = { "2024-02-29",
					     "2000-02-29",
					     "2023-1-1",
					     "2023-12-31",
					     "2023-04-30",
					     "2023-01-02 03:04:05",
					     "2023-01-02 3:4:5.678",
					     "2023-01-02T03:04:05Z",
					     "2023-01-02t23:59:59Z",
					     "2023-01-02T03:04:05+01:00",
					     "2023-01-02T03:04:05.5-00:30",
					     "!!timestamp x",
					     NULL };
	static const char *const strings[] = { "2023-02-29",
					       "1900-02-29",
					       "2023-04-31",
					       "2023-13-01",
					       "2023-00-01",
					       "2023-01-00",
					       "2023-01-32",
					       "2023-01",
					       "2023-01-",
					       "2023/01/02",
					       "2023-01-02x",
					       "2023-001-02",
					       "2023-01/02",
					       "202-01-01",
					       "2023-01-02 24:00:00",
					       "2023-01-02 03:60:00",
					       "2023-01-02 03:04:60",
					       "2023-01-02 03:04",
					       "2023-01-02 03.04.05",
					       "2023-01-02 03:04:05.",
					       "2023-01-02 03:04:05Z",
					       "2023-01-02T03:04:05",
					       "2023-01-02T03:04:05+1:00",
					       "2023-01-02T03:04:05+01:0",
					       "2023-01-02T03:04:05+01-00",
					       "2023-01-02T03:04:05+0x:00",
					       "2023-01-02T03:04:05+x1:00",
					       "2023-01-02T03:04:05+01:x0",
					       "2023-01-02T03:04:05+01:0x",
					       "2023-01-02T03:04:05*01:00",
					       "2023-01-02T03:04.05Z",
					       "2023-01-02  03:04:05x",
					       NULL };

	(void)state;
	expect_types("a date", dates);
	expect_types("a string", strings);
}

static void believes_tags(void **state)
{
	static const char *const tagged[] = { "!reset x", "!!set x",
					      "!<tag:example.org,2020:int> 1", NULL };
	static const char *const strings[] = { "!!str 1", "!!binary 1", "!!str", NULL };

	(void)state;
	expect_types("a tagged value", tagged);
	expect_types("a string", strings);
	expect_type("a mapping", "{ a: 1 }");
	expect_type("a list", "[1]");
}

/* What is no scalar, or nothing at all, is neither. */
static void asks_scalars_only(void **state)
{
	const struct yaml list = { .kind = YAML_SEQUENCE, .value = "" };
	const struct yaml nothing = { .kind = YAML_SCALAR, .plain = true, .value = "~" };
	const struct yaml text = { .kind = YAML_SCALAR, .value = "~" };

	(void)state;
	assert_false(yaml_is_string(NULL) || yaml_is_string(&list) || yaml_is_string(&nothing));
	assert_true(yaml_is_string(&text));
	assert_false(yaml_is_null(NULL) || yaml_is_null(&list) || yaml_is_null(&text));
	assert_true(yaml_is_null(&nothing));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_null_and_booleans),
		cmocka_unit_test(knows_numbers),
		cmocka_unit_test(takes_no_number_that_is_too_long),
		cmocka_unit_test(knows_dates),
		cmocka_unit_test(believes_tags),
		cmocka_unit_test(asks_scalars_only),
	};

	return cmocka_run_group_tests_name("yaml_type", tests, NULL, NULL);
}
