#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <time.h>

#include "base/arena.h"

/* A day as YYYY-MM-DD: such strings are in the order of the days. */

/* Is it one that the calendar has? */
bool date_is_valid(const char *text);

/* The day of a moment, by UTC, in the arena; no file of time zones is read for it, as gmtime_r(3)
 * does. NULL: its year is before 0 or past 9999. */
const char *date_of(struct arena *arena, time_t moment);

/* Days from one day to a later one; negative where it is an earlier one. Both are valid. */
long date_days(const char *from, const char *to);

/* The same day so many months later, or the last of that month where it has no such day. In the
 * arena. */
const char *date_months_later(struct arena *arena, const char *date, unsigned months);

#endif
