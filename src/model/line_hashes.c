#include "model/line_hashes.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/utf8.h"

#define WINDOW 100
#define FACTOR 37
#define END_OF_FILE 65535

/* The last code units that were taken, a ring of them. */
struct roller {
	struct arena *arena;
	struct line_hashes *hashes;
	uint64_t window[WINDOW];
	bool begins[WINDOW];   /* is it the first of a line? */
	uint64_t hash, weight; /* of the unit that leaves the window */
	size_t at;
	bool is_line_start, is_behind_cr;
};

/* The hash is that of the window which the line at its far end begins. */
static void take_line(struct roller *roller)
{
	if (!roller->begins[roller->at])
		return;
	roller->begins[roller->at] = false;
	*vec_add(roller->arena, roller->hashes) = (struct line_hash){ .hash = roller->hash };
}

static void roll(struct roller *roller, uint64_t unit)
{
	uint64_t gone = roller->window[roller->at];

	roller->window[roller->at] = unit;
	roller->hash = FACTOR * roller->hash + unit - roller->weight * gone;
	roller->at = (roller->at + 1) % WINDOW;
}

static void take_unit(struct roller *roller, uint64_t unit)
{
	bool is_skipped = unit == ' ' || unit == '\t' || (roller->is_behind_cr && unit == '\n');

	roller->is_behind_cr = !is_skipped && unit == '\r';
	if (is_skipped)
		return;
	if (unit == '\r')
		unit = '\n';
	take_line(roller);
	roller->begins[roller->at] = roller->is_line_start;
	roller->is_line_start = unit == '\n';
	roll(roller, unit);
}

static void take_codepoint(struct roller *roller, unsigned codepoint)
{
	if (codepoint < 0x10000) {
		take_unit(roller, codepoint);
		return;
	}
	take_unit(roller, 0xD800 + ((codepoint - 0x10000) >> 10));
	take_unit(roller, 0xDC00 + (codepoint & 0x3FF));
}

static int by_hash(const void *left, const void *right)
{
	const struct line_hash *a = *(struct line_hash *const *)left;
	const struct line_hash *b = *(struct line_hash *const *)right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a < b ? -1 : a > b;
}

static void count(struct arena *arena, struct line_hashes *hashes)
{
	struct VEC(struct line_hash *) order = { 0 };
	const struct line_hash *before = NULL;

	vec_each (struct line_hash *, hash, hashes)
		*vec_add(arena, &order) = hash;
	vec_sort(&order, by_hash);
	vec_each (struct line_hash **, hash, &order) {
		(*hash)->count = before && before->hash == (*hash)->hash ? before->count + 1 : 1;
		before = *hash;
	}
}

struct line_hashes line_hashes(struct arena *arena, struct text text)
{
	struct line_hashes hashes = { 0 };
	struct roller roller = {
		.arena = arena, .hashes = &hashes, .weight = 1, .is_line_start = true
	};
	unsigned codepoint = 0;

	for (size_t i = 0; i < WINDOW; i++)
		roller.weight *= FACTOR;
	for (size_t at = 0; at < text.length;) {
		at += utf8_decode(&codepoint, text.bytes + at, text.length - at);
		take_codepoint(&roller, codepoint);
	}
	take_unit(&roller, END_OF_FILE);
	for (size_t i = 0; i < WINDOW; i++) {
		take_line(&roller);
		roll(&roller, 0);
	}
	count(arena, &hashes);
	return hashes;
}
