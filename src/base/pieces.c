#include "base/pieces.h"

#include "base/pages.h"
#include "base/thread.h"

/* A small run fills few: those come in small pages, as a large one is zeroed whole. */
#define SMALL_PIECES 8

/* What was given back begins with this. */
struct piece {
	struct piece *next;
};

/* What was given back and not taken again, of all threads. */
static struct piece *given;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* What is left of a thread's newest pages. Each has its own: who first writes to a page waits until
 * it is zeroed, and two that do so at once would both zero one. */
static _Thread_local struct fresh {
	char *pages, *behind;
	size_t count; /* of pieces that were ever made */
} fresh;

/* More pieces, zeroed. */
static void make(void)
{
	bool is_small = fresh.count < SMALL_PIECES;
	size_t size = is_small ? SMALL_PIECES * PIECE_SIZE : PAGES_SIZE;

	fresh.pages = is_small ? pages_take_small(size) : pages_take(size);
	fresh.behind = fresh.pages + size;
	fresh.count += size / PIECE_SIZE;
}

/* One that was given back; NULL: there is none. */
static void *take_given(void)
{
	struct piece *piece = NULL;

	pthread_mutex_lock(&lock);
	piece = given;
	if (piece)
		given = piece->next;
	pthread_mutex_unlock(&lock);
	return piece;
}

void *piece_take(bool *is_zeroed)
{
	void *taken = take_given();

	*is_zeroed = !taken;
	if (taken)
		return taken;
	if (fresh.pages == fresh.behind)
		make();
	fresh.pages += PIECE_SIZE;
	return fresh.pages - PIECE_SIZE;
}

void piece_give(void *back)
{
	struct piece *piece = back;

	pthread_mutex_lock(&lock);
	piece->next = given;
	given = piece;
	pthread_mutex_unlock(&lock);
}

void pieces_leave(void)
{
	for (; fresh.pages < fresh.behind; fresh.pages += PIECE_SIZE)
		piece_give(fresh.pages);
}
