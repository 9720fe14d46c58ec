#ifndef SYNTAX_YAML_H
#define SYNTAX_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "base/vec.h"
#include "syntax/text.h"

enum yaml_kind {
	YAML_SCALAR,
	YAML_SEQUENCE,
	YAML_MAPPING
};

/* What a scalar is taken for (go-yaml v3 resolve.go: YAML 1.2's core schema and a bit more). */
enum yaml_type {
	YAML_NULL,
	YAML_BOOL, /* true and false alone: yes, no, on and off are strings */
	YAML_NUMBER,
	YAML_TIMESTAMP,
	YAML_STRING,
	YAML_TAGGED, /* a tag that is none of the above */
};

struct yaml;

struct yaml_pair {
	struct yaml *key, *value; /* the key is always a scalar */
};

struct yaml_nodes VEC(struct yaml *);
struct yaml_pairs VEC(struct yaml_pair);

/* What a sequence or a mapping holds. */
struct yaml_inside {
	struct yaml_nodes items; /* of a sequence */
	struct yaml_pairs pairs; /* of a mapping, as written: yaml_add_pair() */

	struct map keys;           /* of pairs past the first few: their number, from 1 */
	const struct yaml *merged; /* what yaml_merged() found out before */
	unsigned weight;           /* nodes from here down with aliases written out */
	unsigned height;           /* levels from here down */
};

/*
 * A node of a tree that is only read. An alias is no node: where one stands the tree has the node
 * of its anchor, with the anchor's position, so a node may be reached on several ways, but there
 * is no cycle. Keys of a mapping differ. Nothing is inherited by "<<" yet: see yaml_merged(). Most
 * nodes are scalars, which all have the same nothing in them.
 */
struct yaml {
	struct yaml_inside *in;
	const char *value;   /* of a scalar, quotes and escapes undone; holds no NUL; else "" */
	const char *tag;     /* "!reset", "tag:yaml.org,2002:str"; NULL: none is written */
	unsigned length;     /* of value */
	unsigned start, end; /* bytes of the text, quotes included, tag and anchor not */
	struct span span;    /* the same, for people */
	enum yaml_kind kind : 8;
	bool plain;    /* a scalar without quotes that is no block scalar either */
	bool replaces; /* stands for a "!reset" beside which "<<" brings it */
};

/* What became of a text: its documents, or why it cannot be read. */
struct yaml_file {
	struct yaml_nodes documents; /* the root of each; of an empty one a null scalar */
	const char *error;           /* NULL: none; else the documents are not complete */
	struct span span;            /* of the error */
};

/* Read all documents of a text below 4 GiB: its size is the caller's to limit. JSON is YAML too. */
void yaml_read(struct yaml_file *file, struct arena *arena, struct text text);

/* A node of that kind with nothing in it yet. */
struct yaml yaml_empty(struct arena *arena, enum yaml_kind kind);

/* The value of a key; NULL where there is none or node (which may be NULL) is no mapping. */
const struct yaml *yaml_get(const struct yaml *node, const char *key);

/* The same, with the key as it is written. */
const struct yaml_pair *yaml_pair(const struct yaml *node, const char *key);

/* Put a pair whose key is not there yet behind the others of a mapping. */
void yaml_add_pair(struct arena *arena, struct yaml *mapping, struct yaml_pair pair);

/* What a scalar is taken for. Sequences and mappings are not for this function. */
enum yaml_type yaml_type(const struct yaml *scalar);

/* Is node a scalar that is a string; null. (False for NULL.) */
bool yaml_is_string(const struct yaml *node);
bool yaml_is_null(const struct yaml *node);

/* Has it a tag that is none of YAML's own for what it is? */
bool yaml_is_tagged(const struct yaml *node);

/* "a mapping", "a list", "a string", "a number", ...: for messages about wrong types. */
const char *yaml_type_name(const struct yaml *node);

/* Is this key of a mapping the merge key: "<<" without quotes? */
bool yaml_is_merge_key(const struct yaml *key);

/*
 * The mapping with all that its "<<" brings: explicit keys win, of a list the earlier one, values
 * are not merged but replaced. A key tagged "!reset" is no key here, so the other one is taken
 * (compose-go loader/reset.go). The mapping itself where it has no "<<". NULL where what "<<" has
 * is neither a mapping nor a list of them; that node is put into *wrong then.
 */
const struct yaml *yaml_merged(struct arena *arena, const struct yaml *mapping,
			       const struct yaml **wrong);

#endif
