#include "base/date.h"

#include <stdint.h>
#include <string.h>

/* Days of the year before each month begins, and of the whole year. */
static const unsigned before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };

static unsigned number(const char *digits, size_t count)
{
	unsigned value = 0;

	for (size_t i = 0; i < count; i++)
		value = value * 10 + (unsigned)(digits[i] - '0');
	return value;
}

static bool is_leap(unsigned year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned length(unsigned year, unsigned month)
{
	return before[month] - before[month - 1] + (month == 2 && is_leap(year));
}

bool date_is_valid(const char *text)
{
	static const char shape[] = "dddd-dd-dd";
	unsigned month = 0, day = 0;

	if (strlen(text) != sizeof(shape) - 1)
		return false;
	for (size_t i = 0; shape[i]; i++)
		if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
			return false;
	month = number(text + 5, 2);
	day = number(text + 8, 2);
	return month >= 1 && month <= 12 && day >= 1 && day <= length(number(text, 4), month);
}

const char *date_of(struct arena *arena, time_t moment)
{
	const time_t day = 24 * 60 * 60;
	int64_t days = moment / day - (moment % day < 0);
	unsigned year = 1970, month = 1;

	while (days < 0 && year > 0)
		days += 365 + is_leap(--year);
	for (; days >= 365 + is_leap(year) && year <= 9999; year++)
		days -= 365 + is_leap(year);
	if (days < 0 || year > 9999)
		return NULL;
	for (; days >= length(year, month); month++)
		days -= length(year, month);
	return arena_printf(arena, "%04u-%02u-%02u", year, month, (unsigned)days + 1);
}

/* Days since some day before all others. */
static long count(const char *date)
{
	unsigned year = number(date, 4), month = number(date + 5, 2);
	unsigned past = year + 3; /* the year 0 was a leap year */

	return 365L * year + past / 4 - (year + 99) / 100 + (year + 399) / 400 + before[month - 1] +
	       (month > 2 && is_leap(year)) + number(date + 8, 2);
}

long date_days(const char *from, const char *to)
{
	return count(to) - count(from);
}

const char *date_months_later(struct arena *arena, const char *date, unsigned months)
{
	unsigned past = number(date, 4) * 12 + number(date + 5, 2) - 1 + months;
	unsigned year = past / 12, month = past % 12 + 1, day = number(date + 8, 2);
	unsigned last = length(year, month);

	if (year > 9999)
		return "9999-12-31";
	return arena_printf(arena, "%04u-%02u-%02u", year, month, day < last ? day : last);
}
