#include "base/pieces.h"

#include "base/pages.h"
#include "base/thread.h"

/* A small run fills few: those come in small pages, as a large one is zeroed whole. */
#define SMALL_PIECES 8

/* What was given back begins with this. */
struct piece {
	struct piece *next;
};

/* Of all threads. */
static struct pieces {
	pthread_mutex_t lock;
	struct piece *given;  /* back, and not taken again */
	size_t count;         /* that were ever made */
	char *pages, *behind; /* what is left of the newest pages */
} pieces = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* More pieces, zeroed. A large page is there once it is written to: two threads that did so at once
 * would both zero one. */
static void make(void)
{
	bool is_small = pieces.count < SMALL_PIECES;
	size_t size = is_small ? SMALL_PIECES * PIECE_SIZE : PAGES_SIZE;

	pieces.pages = is_small ? pages_take_small(size) : pages_take(size);
	*pieces.pages = 0;
	pieces.behind = pieces.pages + size;
	pieces.count += size / PIECE_SIZE;
}

void *piece_take(bool *is_zeroed)
{
	void *taken = NULL;

	pthread_mutex_lock(&pieces.lock);
	*is_zeroed = !pieces.given;
	if (pieces.given) {
		taken = pieces.given;
		pieces.given = pieces.given->next;
	} else {
		if (pieces.pages == pieces.behind)
			make();
		taken = pieces.pages;
		pieces.pages += PIECE_SIZE;
	}
	pthread_mutex_unlock(&pieces.lock);
	return taken;
}

void piece_give(void *given)
{
	struct piece *piece = given;

	pthread_mutex_lock(&pieces.lock);
	piece->next = pieces.given;
	pieces.given = piece;
	pthread_mutex_unlock(&pieces.lock);
}
