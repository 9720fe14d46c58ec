#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"

static void counts_months_to_a_day_that_is_there(void **state)
{
	static const struct {
		const char *date;
		unsigned months;
		const char *later;
	} cases[] = {
		{ "2026-11-24", 0, "2026-11-24" }, { "2026-11-24", 3, "2027-02-24" },
		{ "2026-11-30", 3, "2027-02-28" }, { "2027-11-30", 3, "2028-02-29" },
		{ "2026-12-31", 1, "2027-01-31" }, { "2026-01-31", 3, "2026-04-30" },
		{ "2026-09-15", 3, "2026-12-15" }, { "2026-05-31", 12, "2027-05-31" },
		{ "9999-09-30", 3, "9999-12-30" }, { "9999-10-01", 3, "9999-12-31" },
		{ "0000-01-01", 3, "0000-04-01" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *later = date_months_later(&arena, cases[i].date, cases[i].months);

		assert_string_equal(later, cases[i].later);
		assert_true(date_is_valid(later));
	}
	arena_release(&arena);
}

/* Each day of seven centuries, as the library has it, at its first and last second. */
static void tells_the_day_of_a_moment(void **state)
{
	const time_t day = 24 * 60 * 60;
	struct arena arena = { 0 };

	(void)state;
	for (time_t moment = -200 * 366 * day; moment < 500 * 366 * day; moment += day) {
		char text[sizeof("YYYY-MM-DD") + 8];
		struct tm utc;

		assert_non_null(gmtime_r(&moment, &utc));
		assert_int_equal(strftime(text, sizeof(text), "%Y-%m-%d", &utc), 10);
		assert_string_equal(date_of(&arena, moment), text);
		assert_string_equal(date_of(&arena, moment + day - 1), text);
	}
	assert_string_equal(date_of(&arena, 253402300799), "9999-12-31");
	assert_null(date_of(&arena, 253402300800));
	assert_string_equal(date_of(&arena, -62167219200), "0000-01-01");
	assert_null(date_of(&arena, -62167219201));
	assert_null(date_of(&arena, INT64_MIN));
	assert_null(date_of(&arena, INT64_MAX));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_the_day_of_a_moment),
		cmocka_unit_test(counts_months_to_a_day_that_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
