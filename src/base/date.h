#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>

#include "base/arena.h"

/* A day as YYYY-MM-DD: such strings are in the order of the days. */

/* Is it one that the calendar has? */
bool date_is_valid(const char *text);

/* Days from one day to a later one; negative where it is an earlier one. Both are valid. */
long date_days(const char *from, const char *to);

/* The same day so many months later, or the last of that month where it has no such day. In the
 * arena. */
const char *date_months_later(struct arena *arena, const char *date, unsigned months);

#endif
