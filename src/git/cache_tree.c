#include "git/cache_tree.h"

#include <stdlib.h>
#include <string.h>

#define ID_SIZE 20
#define MAX_DIGITS 9 /* of a count */

static struct text behind(struct text text, size_t length)
{
	return (struct text){ text.bytes + length, text.length - length };
}

/* A number and the character that ends it; *left moves behind both. */
static bool next_count(struct text *left, size_t *count, char end)
{
	size_t digits = 0;

	*count = 0;
	while (digits < left->length && digits < MAX_DIGITS && left->bytes[digits] >= '0' &&
	       left->bytes[digits] <= '9')
		*count = *count * 10 + (size_t)(left->bytes[digits++] - '0');
	if (digits == 0 || digits == left->length || left->bytes[digits] != end)
		return false;
	*left = behind(*left, digits + 1);
	return true;
}

/* "name NUL entries SPACE directories LF id"; entries -1 and no id where the tree is not known. */
static bool next_node(struct text *left, struct cache_node *node)
{
	const char *end = left->length ? memchr(left->bytes, '\0', left->length) : NULL;
	size_t length = end ? (size_t)(end - left->bytes) : left->length;
	bool is_known = true;

	if (left->length - length < 2)
		return false;
	*node = (struct cache_node){ .name = { left->bytes, length } };
	is_known = end[1] != '-';
	*left = behind(*left, length + (is_known ? 1 : 2));
	if (!next_count(left, &node->entries, ' ') || !next_count(left, &node->count, '\n'))
		return false;
	if (is_known && left->length < ID_SIZE)
		return false;
	if (is_known) {
		node->id = (const unsigned char *)left->bytes;
		*left = behind(*left, ID_SIZE);
	}
	node->below = *left;
	return true;
}

struct cache_node *cache_tree_root(struct arena *arena, struct text bytes)
{
	struct cache_node *node = arena_new(arena, struct cache_node);

	return next_node(&bytes, node) ? node : NULL;
}

static int by_name(const void *left, const void *right)
{
	const struct cache_node *a = left, *b = right;
	size_t common = a->name.length < b->name.length ? a->name.length : b->name.length;
	int order = memcmp(a->name.bytes, b->name.bytes, common);

	return order ? order
		     : (a->name.length > b->name.length) - (a->name.length < b->name.length);
}

/* Pass over a node and all that are below it. */
static bool skip(struct text *left, size_t count)
{
	struct cache_node node;

	for (; count > 0; count += node.count - 1)
		if (!next_node(left, &node))
			return false;
	return true;
}

static void add_directories(struct arena *arena, struct cache_node *node)
{
	struct text left = node->below;
	struct cache_node child;

	node->directories = arena_new(arena, struct cache_nodes);
	for (size_t i = 0; i < node->count; i++) {
		if (!next_node(&left, &child))
			break;
		*vec_add(arena, node->directories) = child;
		if (!skip(&left, child.count))
			break;
	}
	vec_sort(node->directories, by_name);
}

struct cache_node *cache_tree_child(struct arena *arena, struct cache_node *node, struct text name)
{
	const struct cache_node wanted = { .name = name };

	if (!node->directories)
		add_directories(arena, node);
	if (node->directories->count == 0)
		return NULL;
	return bsearch(&wanted, node->directories->items, node->directories->count, sizeof(wanted),
		       by_name);
}
