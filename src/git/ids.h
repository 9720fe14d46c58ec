#ifndef GIT_IDS_H
#define GIT_IDS_H

#include <git2.h>

#include "base/arena.h"

/* What is found by its id. The first member of a structure of the caller's, in an arena. */
struct id_node {
	struct id_node *child[2];
	git_oid id;
	unsigned bit; /* the first one in which the keys below its children differ */
};

/*
 * A set of such nodes: a table by the first bits of an id, and tries below it, so that a look-up is
 * short however many ids a pusher makes that begin alike.
 */
struct ids {
	struct id_node **roots; /* so many bits choose one */
	unsigned bits, count;   /* count: nodes */
};

/* The node with that id, or NULL. */
struct id_node *ids_get(const struct ids *ids, const git_oid *id);

/* Add a node, whose id is set and not there yet. */
void ids_put(struct ids *ids, struct arena *arena, struct id_node *node);

/* Write the digits of an id's bytes, and a NUL behind them. */
void id_write(char digits[GIT_OID_HEXSZ + 1], const unsigned char *id);

/* An id as hex digits, in the arena. */
const char *id_hex(struct arena *arena, const git_oid *id);

/* Read the 40 lower-case digits that an id is written with; what follows does not matter. 0, or -1,
 * which is no failure() yet. */
int id_parse(git_oid *id, const char *digits);

#endif
