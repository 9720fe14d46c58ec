#include "syntax/yaml_tree.h"

#include <string.h>

struct yaml_anchor {
	struct yaml *node;
	bool closed; /* else an alias of it stands inside it */
};

void yaml_tree_restart(struct yaml_tree *tree, struct arena *arena)
{
	*tree->file = (struct yaml_file){ 0 };
	tree->arena = arena;
	tree->anchors = (struct map){ 0 };
	tree->depth = 0;
	tree->events = 0;
	tree->last = 0;
}

int yaml_tree_refuse(struct yaml_tree *tree, struct span span, const char *message)
{
	if (!tree->file->error) {
		tree->file->error = message;
		tree->file->span = span;
	}
	return -1;
}

int yaml_tree_count(struct yaml_tree *tree, unsigned start)
{
	if (++tree->events <= MAX_YAML_EVENTS)
		return 0;
	return yaml_tree_refuse(
		tree, yaml_places_span(&tree->places, start, start),
		arena_printf(tree->arena, "more than %d YAML events", MAX_YAML_EVENTS));
}

static struct yaml *node_new(struct yaml_tree *tree, const struct yaml_event *event,
			     enum yaml_kind kind)
{
	struct yaml *node = arena_new(tree->arena, struct yaml);

	*node = yaml_empty(tree->arena, kind);
	node->start = event->start;
	node->end = event->end;
	return node;
}

/* Set the span, and the places of properties and of what follows a block aside. */
static void node_place(struct yaml_tree *tree, struct yaml *node, bool has_properties)
{
	const char *bytes = tree->text.bytes;

	if (has_properties)
		node->start = yaml_skip_properties(bytes, node->start, node->end);
	while (node->end > node->start && (unsigned char)bytes[node->end - 1] <= ' ' &&
	       strchr(" \t\r\n", bytes[node->end - 1]))
		node->end--;
	node->span = yaml_places_span(&tree->places, node->start, node->end);
}

static struct yaml_anchor *anchor_new(struct yaml_tree *tree, const char *name, struct yaml *node)
{
	struct yaml_anchor *anchor = NULL;

	if (!name)
		return NULL;
	anchor = arena_new(&tree->scratch, struct yaml_anchor);
	anchor->node = node;
	anchor->closed = node->kind == YAML_SCALAR;
	map_put(&tree->anchors, &tree->scratch, name, anchor);
	return anchor;
}

/* Count what a node adds to the one it stands in, whose way down it may lengthen. */
static int grow(struct yaml_tree *tree, struct yaml *into, const struct yaml *node)
{
	into->in->weight += node->in->weight;
	if (into->in->height < node->in->height + 1)
		into->in->height = node->in->height + 1;
	if (into->in->weight > MAX_YAML_NODES)
		return yaml_tree_refuse(
			tree, into->span.line ? into->span : node->span,
			arena_printf(tree->arena,
				     "more than %d values where aliases are written out",
				     MAX_YAML_NODES));
	return 0;
}

static int add_key(struct yaml_tree *tree, struct yaml_open *open, struct yaml *key)
{
	const struct yaml_pair *first = NULL;

	if (key->kind != YAML_SCALAR)
		return yaml_tree_refuse(tree, key->span, "a key must be a scalar");
	first = yaml_pair(open->node, key->value);
	if (first)
		return yaml_tree_refuse(tree, key->span,
					arena_printf(tree->arena,
						     "duplicate key '%s', first on line %u",
						     key->value, first->key->span.line));
	open->key = key;
	return 0;
}

static int too_deep(struct yaml_tree *tree, struct span span)
{
	return yaml_tree_refuse(
		tree, span,
		arena_printf(tree->arena, "nested more than %d levels deep", MAX_YAML_DEPTH));
}

/* Put a complete node, or one that begins, where it belongs. */
static int add(struct yaml_tree *tree, struct yaml *node)
{
	struct yaml_open *open = tree->depth ? &tree->stack[tree->depth - 1] : NULL;

	if (!open) {
		*vec_add(tree->arena, &tree->file->documents) = node;
		return 0;
	}
	if (open->node->kind == YAML_SEQUENCE) {
		*vec_add(tree->arena, &open->node->in->items) = node;
		return 0;
	}
	if (!open->key)
		return add_key(tree, open, node);
	yaml_add_pair(tree->arena, open->node, (struct yaml_pair){ open->key, node });
	open->key = NULL;
	return 0;
}

static int add_complete(struct yaml_tree *tree, struct yaml *node)
{
	if (tree->depth && grow(tree, tree->stack[tree->depth - 1].node, node) < 0)
		return -1;
	return add(tree, node);
}

int yaml_tree_scalar(struct yaml_tree *tree, const struct yaml_event *event)
{
	struct yaml *node = node_new(tree, event, YAML_SCALAR);

	node->length = event->length;
	node->value = arena_copy(tree->arena, event->value, event->length);
	node->tag = arena_string(tree->arena, event->tag);
	node->plain = event->plain;
	node_place(tree, node, event->tag || event->anchor);
	if (memchr(node->value, '\0', node->length))
		return yaml_tree_refuse(tree, node->span, "a scalar holds a NUL character");
	anchor_new(tree, event->anchor, node);
	tree->last = node->end;
	return add_complete(tree, node);
}

int yaml_tree_alias(struct yaml_tree *tree, const struct yaml_event *event)
{
	const struct yaml_anchor *anchor = map_get(&tree->anchors, event->anchor);
	struct yaml *place = node_new(tree, event, YAML_SCALAR);

	node_place(tree, place, false);
	tree->last = place->end;
	if (!anchor)
		return yaml_tree_refuse(
			tree, place->span,
			arena_printf(tree->arena, "unknown alias '%s'", event->anchor));
	if (!anchor->closed)
		return yaml_tree_refuse(tree, place->span,
					arena_printf(tree->arena,
						     "alias '%s' stands inside its own anchor",
						     event->anchor));
	if (tree->depth + anchor->node->in->height > MAX_YAML_DEPTH)
		return too_deep(tree, place->span);
	return add_complete(tree, anchor->node);
}

int yaml_tree_begin(struct yaml_tree *tree, const struct yaml_event *event, enum yaml_kind kind)
{
	struct yaml *node = node_new(tree, event, kind);

	node->tag = arena_string(tree->arena, event->tag);
	if (event->tag || event->anchor)
		node->start =
			yaml_skip_properties(tree->text.bytes, node->start, tree->text.length);
	node->span = yaml_places_span(&tree->places, node->start, node->start);
	if (tree->depth == MAX_YAML_DEPTH)
		return too_deep(tree, node->span);
	if (add(tree, node) < 0)
		return -1;
	tree->stack[tree->depth++] =
		(struct yaml_open){ .node = node, .anchor = anchor_new(tree, event->anchor, node) };
	return 0;
}

/* A block ends where the last thing in it does. */
int yaml_tree_end(struct yaml_tree *tree, unsigned end)
{
	struct yaml_open open = tree->stack[--tree->depth];
	struct yaml *node = open.node;
	char first = tree->text.bytes[node->start];

	if (first == '[' || first == '{')
		tree->last = end;
	node->end = tree->last > node->start ? tree->last : node->start;
	node->span = yaml_places_span(&tree->places, node->start, node->end);
	if (open.anchor)
		open.anchor->closed = true;
	return tree->depth ? grow(tree, tree->stack[tree->depth - 1].node, node) : 0;
}
