#include "base/nearest.h"

#include <stdbool.h>
#include <string.h>

#include "base/limits.h"

#define MAX_EDITS 3         /* of the nearest name */
#define MIN_PREFIX_LENGTH 3 /* of a beginning that says enough */

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* One cell: the rows above are [1] and [2]; places outside the band hold more than most. */
static unsigned edits_at(unsigned *const rows[3], const char *left, const char *right, size_t i,
			 size_t j)
{
	unsigned replaced = rows[1][j - 1] + (left[i - 1] != right[j - 1]);
	unsigned edits = least(replaced, least(rows[1][j], rows[0][j - 1]) + 1);

	if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
		edits = least(edits, rows[2][j - 2] + 1);
	return edits;
}

/*
 * The usual table of edits (optimal string alignment), three rows of it, and only the band of most
 * places on both sides of the diagonal: nothing outside can end at most or below.
 */
unsigned edits_between(const char *left, const char *right, unsigned most)
{
	unsigned cells[3][MAX_NEAREST_LENGTH + 1];
	size_t height = strnlen(left, MAX_NEAREST_LENGTH + 1);
	size_t width = strnlen(right, MAX_NEAREST_LENGTH + 1);

	if (height > MAX_NEAREST_LENGTH || width > MAX_NEAREST_LENGTH ||
	    (height > width ? height - width : width - height) > most)
		return most + 1;
	for (size_t j = 0; j <= width; j++)
		cells[0][j] = cells[1][j] = cells[2][j] = j <= most ? (unsigned)j : most + 1;
	for (size_t i = 1; i <= height; i++) {
		unsigned *const rows[3] = { cells[i % 3], cells[(i + 2) % 3], cells[(i + 1) % 3] };
		unsigned best = most + 1;

		rows[0][0] = least((unsigned)i, most + 1);
		for (size_t j = 1; j <= width; j++) {
			size_t apart = i > j ? i - j : j - i;

			rows[0][j] = most + 1;
			if (apart <= most)
				rows[0][j] = least(edits_at(rows, left, right, i, j), most + 1);
			best = least(best, rows[0][j]);
		}
		if (least(best, rows[0][0]) > most)
			return most + 1;
	}
	return least(cells[height % 3][width], most + 1);
}

/* A short name is soon another word: one edit, and one more for every four bytes. */
static unsigned edits_allowed(const char *wanted)
{
	return least(MAX_EDITS, 1 + (unsigned)(strnlen(wanted, 4 * MAX_EDITS) / 4));
}

static bool is_beginning(const char *left, const char *right)
{
	size_t length = strnlen(left, MAX_NEAREST_LENGTH + 1);

	return length >= MIN_PREFIX_LENGTH && length <= MAX_NEAREST_LENGTH &&
	       strncmp(left, right, length) == 0;
}

void nearest_offer(struct nearest *nearest, const char *name)
{
	unsigned most = nearest->name ? nearest->edits - 1 : edits_allowed(nearest->wanted);
	unsigned edits = 0;

	if (nearest->offered >= MAX_NEAREST_OFFERS || (nearest->name && nearest->edits == 0))
		return;
	nearest->offered++;
	edits = edits_between(nearest->wanted, name, least(most, MAX_EDITS));
	if (edits > least(most, MAX_EDITS)) {
		edits = MAX_EDITS + 1;
		if (nearest->name ||
		    !(is_beginning(nearest->wanted, name) || is_beginning(name, nearest->wanted)))
			return;
	}
	nearest->name = name;
	nearest->edits = edits;
}
