#ifndef GIT_PACKS_H
#define GIT_PACKS_H

#include "base/vec.h"
#include "git/pack.h"

/* All packs that objects are read from, by one thread. Zero it to begin. */
struct packs {
	struct VEC(struct pack) all;
	struct pack_reader reader;
	bool is_too_large; /* the object that was asked for last */
};

/* Add those of a directory, where there is one, that are read at all; they stay mapped until
 * packs_close(). */
void packs_open(struct packs *packs, struct arena *arena, const char *directory);

/* The object of that id, until the next one is read. NULL: it is in none of them, or libgit2 knows
 * what to say of it. */
const struct pack_object *packs_read(struct packs *packs, const git_oid *id);

/* An object, and what it has to be. */
struct wanted {
	const git_oid *id;
	git_object_t type;
	size_t limit; /* bytes; 0: none */
};

/* The content of an object, in the arena; text->bytes is NULL where it is longer than the limit.
 * False: it is of another type, or to be had from none of them, and *text is empty. */
bool packs_copy(struct packs *packs, struct arena *arena, struct text *text, struct wanted wanted);

/* Does the index of one of them name the object? */
bool packs_have(struct packs *packs, const git_oid *id);

/* Does one of them say that its object of that id has so many bytes? It is not read. */
bool packs_say_size(struct packs *packs, const git_oid *id, size_t size);

/* How many objects they hold. */
size_t packs_count(const struct packs *packs);

/* Much of them will be read, and is better mapped from the start. */
void packs_expect_many(struct packs *packs);

/* The same packs, for another thread, which passes once over what it reads and then releases its
 * reader. */
void packs_share(struct packs *shared, struct arena *arena, const struct packs *packs);

void packs_close(struct packs *packs);

#endif
