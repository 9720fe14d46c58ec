#ifndef SYNTAX_ATTRIBUTES_H
#define SYNTAX_ATTRIBUTES_H

#include <stdbool.h>

#include "base/map.h"
#include "base/vec.h"
#include "syntax/text.h"

#define MAX_ATTRIBUTE_LINE 2047 /* bytes of a line: Git's own limit, it skips a longer one */

/* What a line says of an attribute. */
enum attribute_kind {
	ATTRIBUTE_UNKNOWN, /* nothing */
	ATTRIBUTE_FALSE,   /* -name */
	ATTRIBUTE_TEXT,    /* name=text */
	ATTRIBUTE_TRUE,    /* name */
	ATTRIBUTE_UNSET,   /* !name */
};

struct attribute_state {
	const struct attribute *attribute;
	enum attribute_kind kind;
	struct text text;
};

struct attribute_states VEC(struct attribute_state);

/* An attribute of interest, or a macro, which may set one. */
struct attribute {
	size_t index;                   /* in the order in which they became known */
	struct attribute_states states; /* what a macro stands for; empty: it is none */
};

/* The attributes of interest, by name. */
struct attribute_names {
	struct map by_name; /* struct attribute * */
	bool too_many;
};

struct attribute_rule {
	struct text pattern; /* a leading '/' taken off */
	bool is_path;        /* it is matched to the path below the file's directory, else to
				the name alone */
	unsigned line;
	struct attribute_states states; /* those of interest */
};

struct attribute_rules VEC(struct attribute_rule);

/* A .gitattributes file (Git attr.c). */
struct attributes_file {
	struct attribute_rules
		rules; /* in their order; those that say nothing of interest left out */
	bool too_many;
};

/* Make an attribute one of interest. */
struct attribute *attribute_name(struct attribute_names *names, struct arena *arena,
				 struct text name);

/*
 * Read the text of a file, which must stay. Git takes macros from the file at the root alone,
 * which is to be read first.
 */
void attributes_read(struct attributes_file *file, struct attribute_names *names,
		     struct arena *arena, struct text text, bool is_root);

#endif
