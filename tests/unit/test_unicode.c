#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "syntax/unicode.h"

#define MAX_CODEPOINT 0x10ffff

static size_t count(bool is_one(unsigned))
{
	size_t found = 0;

	for (unsigned codepoint = 0; codepoint <= MAX_CODEPOINT + 1; codepoint++)
		found += is_one(codepoint);
	return found;
}

/* DerivedGeneralCategory.txt of Unicode 15.0 says how many there are. */
static void knows_each_category_whole(void **state)
{
	(void)state;
	assert_int_equal(count(unicode_is_letter), 136104);
	assert_int_equal(count(unicode_is_digit), 680);
	assert_int_equal(count(unicode_is_number), 1831);
}

/* The first and the last of a range, and their neighbours. */
static void knows_where_ranges_end(void **state)
{
	static const struct {
		unsigned first, last;
		bool (*is_one)(unsigned);
	} ranges[] = {
		{ 'A', 'Z', unicode_is_letter },         { 'a', 'z', unicode_is_letter },
		{ '0', '9', unicode_is_digit },          { '0', '9', unicode_is_number },
		{ 0xf8, 0x2c1, unicode_is_letter },      { 0x4e00, 0xa48c, unicode_is_letter },
		{ 0x31350, 0x323af, unicode_is_letter }, { 0x660, 0x669, unicode_is_digit },
		{ 0x1fbf0, 0x1fbf9, unicode_is_digit },  { 0xbc, 0xbe, unicode_is_number },
		{ 0x2150, 0x2189, unicode_is_number },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		assert_false(ranges[i].is_one(ranges[i].first - 1));
		assert_true(ranges[i].is_one(ranges[i].first));
		assert_true(ranges[i].is_one(ranges[i].last));
		assert_false(ranges[i].is_one(ranges[i].last + 1));
	}
}

static void counts_digits_as_numbers(void **state)
{
	(void)state;
	for (unsigned codepoint = 0; codepoint <= MAX_CODEPOINT; codepoint++)
		assert_true(!unicode_is_digit(codepoint) || unicode_is_number(codepoint));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_each_category_whole),
		cmocka_unit_test(knows_where_ranges_end),
		cmocka_unit_test(counts_digits_as_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
