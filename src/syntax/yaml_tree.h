#ifndef SYNTAX_YAML_TREE_H
#define SYNTAX_YAML_TREE_H

#include "base/limits.h"
#include "syntax/yaml.h"
#include "syntax/yaml_place.h"

/* What comes next in a text, whoever reads it. */
struct yaml_event {
	const char *value; /* of a scalar, quotes and escapes undone */
	unsigned length;
	bool plain;
	const char *tag, *anchor; /* NULL: none; an alias has the anchor that it names */
	unsigned start, end;      /* bytes of the text, tag and anchor included */
};

/* A collection that is not closed yet. */
struct yaml_open {
	struct yaml *node;
	struct yaml *key; /* of a mapping: its value comes next */
	struct yaml_anchor *anchor;
};

/* One text on its way to a tree. */
struct yaml_tree {
	struct yaml_file *file;
	struct arena *arena;
	struct arena scratch; /* gone once the text is read */
	struct yaml_places places;
	struct text text;
	struct yaml_open stack[MAX_YAML_DEPTH];
	unsigned depth;
	struct map anchors; /* struct yaml_anchor *; go-yaml keeps them from document to document */
	size_t events;
	unsigned last; /* byte behind the last value seen */
};

/* Begin anew, with what comes of it in that arena. */
void yaml_tree_restart(struct yaml_tree *tree, struct arena *arena);

/* All of these return 0, or -1 where the text is refused, and then the file has the first error. */
int yaml_tree_refuse(struct yaml_tree *tree, struct span span, const char *message);

/* One more event begins at a byte, of a node or of none. */
int yaml_tree_count(struct yaml_tree *tree, unsigned start);

int yaml_tree_scalar(struct yaml_tree *tree, const struct yaml_event *event);
int yaml_tree_alias(struct yaml_tree *tree, const struct yaml_event *event);
int yaml_tree_begin(struct yaml_tree *tree, const struct yaml_event *event, enum yaml_kind kind);

/* End the innermost collection; behind its bracket, where it has one. */
int yaml_tree_end(struct yaml_tree *tree, unsigned end);

#endif
