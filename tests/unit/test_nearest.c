#include "base/limits.h"
#include "base/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void counts_each_kind_of_edit_once(void **state)
{
	(void)state;
	assert_int_equal(edits_between("base", "base", 3), 0);
	assert_int_equal(edits_between("bse", "base", 3), 1);
	assert_int_equal(edits_between("base", "bse", 3), 1);
	assert_int_equal(edits_between("bose", "base", 3), 1);
	assert_int_equal(edits_between("bsae", "base", 3), 1);
	assert_int_equal(edits_between("", "dev", 3), 3);
	assert_int_equal(edits_between("kitten", "sitting", 3), 3);
	assert_int_equal(edits_between("abcdef", "badcfe", 3), 3);
}

static void stops_counting_past_the_most(void **state)
{
	(void)state;
	assert_int_equal(edits_between("kitten", "sitting", 2), 3);
	assert_int_equal(edits_between("a", "abcdefgh", 3), 4);
	assert_int_equal(edits_between("a", "b", 0), 1);
	assert_int_equal(edits_between("", "", 0), 0);
}

static const char *nearest_of(const char *wanted, const char *first, const char *second)
{
	struct nearest nearest = { .wanted = wanted };

	nearest_offer(&nearest, first);
	nearest_offer(&nearest, second);
	return nearest.name;
}

static void compares_no_name_past_the_limit(void **state)
{
	char at_limit[MAX_NEAREST_LENGTH + 1] = { 0 }, past[MAX_NEAREST_LENGTH + 2] = { 0 };

	(void)state;
	memset(at_limit, 'a', MAX_NEAREST_LENGTH);
	memset(past, 'a', MAX_NEAREST_LENGTH + 1);
	assert_int_equal(edits_between(at_limit, at_limit, 2), 0);
	assert_int_equal(edits_between(past, past, 2), 3);
	assert_int_equal(edits_between(at_limit, past, 2), 3);
	assert_int_equal(edits_between(past, at_limit, 2), 3);
	assert_null(nearest_of(past, past, "x"));
}

static void finds_the_nearest_name(void **state)
{
	(void)state;
	assert_string_equal(nearest_of("bse", "prod", "base"), "base");
	assert_string_equal(nearest_of("prd", "pro", "prod"), "pro");
	assert_string_equal(nearest_of("waviers", "waivers", "ignore"), "waivers");
	assert_string_equal(nearest_of("base", "bass", "base"), "base");
	assert_string_equal(nearest_of("base", "base", "bass"), "base");
	assert_null(nearest_of("x", "prod", "base"));
	assert_null(nearest_of("test", "prod", "base"));
}

static void takes_a_beginning_for_near(void **state)
{
	(void)state;
	assert_string_equal(nearest_of("dev", "base", "development"), "development");
	assert_string_equal(nearest_of("production", "prod", "base"), "prod");
	assert_string_equal(nearest_of("devel", "development", "devl"), "devl");
	assert_null(nearest_of("de", "development", "base"));
}

static void stops_comparing_after_many_offers(void **state)
{
	struct nearest nearest = { .wanted = "base" };

	(void)state;
	for (size_t i = 0; i < MAX_NEAREST_OFFERS; i++)
		nearest_offer(&nearest, "something");
	nearest_offer(&nearest, "base");
	assert_null(nearest.name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_each_kind_of_edit_once),
		cmocka_unit_test(stops_counting_past_the_most),
		cmocka_unit_test(compares_no_name_past_the_limit),
		cmocka_unit_test(finds_the_nearest_name),
		cmocka_unit_test(takes_a_beginning_for_near),
		cmocka_unit_test(stops_comparing_after_many_offers),
	};

	return cmocka_run_group_tests_name("nearest", tests, NULL, NULL);
}
