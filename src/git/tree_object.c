#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/limits.h"
#include "git/tree.h"

#define MAX_KEPT_SIZE (8u << 20) /* bytes of tree objects kept for the next tree */

struct tree_object *trees_keep(struct trees *trees, const git_oid *id, struct text text)
{
	struct tree_object *object = arena_new(&trees->kept, struct tree_object);

	object->node.id = *id;
	object->text = text;
	trees->kept_size += text.length;
	ids_put(&trees->objects, &trees->kept, &object->node);
	return object;
}

int trees_object(struct trees *trees, struct tree_object **object, const git_oid *id)
{
	struct text text = { 0 };

	*object = (struct tree_object *)ids_get(&trees->objects, id);
	if (*object)
		return 0;
	if (repository_read(trees->repository, &trees->kept, &text,
			    (struct wanted){ id, GIT_OBJECT_TREE, 0 }) < 0)
		return -1;
	*object = trees_keep(trees, id, text);
	return 0;
}

static int by_name(const void *left, const void *right)
{
	const struct tree_item *a = left, *b = right;

	return strcmp(a->name, b->name);
}

/* Git sorts a directory as if its name ended with a slash: mostly that is no other order. */
int trees_list(struct trees *trees, struct tree_object *object)
{
	struct tree_cursor cursor = { .text = object->text,
				      .id = &object->node.id,
				      .is_sound = &object->is_sound };
	struct tree_entry entry = { 0 };
	bool is_sorted = true;
	int more = 0;

	if (object->is_listed)
		return 0;
	while ((more = tree_next(&cursor, &entry)) > 0) {
		struct tree_item *item = vec_add(&trees->kept, &object->items);

		*item = (struct tree_item){ entry.name, tree_entry_kind(&entry) };
		is_sorted = is_sorted && (object->items.count == 1 || by_name(item - 1, item) < 0);
	}
	if (!is_sorted)
		vec_sort(&object->items, by_name);
	object->is_padded = cursor.padded;
	object->is_listed = more == 0;
	return more;
}

int trees_item(struct trees *trees, const struct tree_item **item, struct tree_object *object,
	       const char *name)
{
	struct tree_item wanted = { .name = name };

	*item = NULL;
	if (trees_list(trees, object) < 0)
		return -1;
	if (object->items.count > 0)
		*item = bsearch(&wanted, object->items.items, object->items.count, sizeof(wanted),
				by_name);
	return 0;
}

void trees_release(struct trees *trees)
{
	arena_release(&trees->kept);
	trees->objects = (struct ids){ 0 };
	trees->kept_size = 0;
}

static int too_many(const git_oid *tree, int limit, const char *what)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), tree);
	return fail("tree %s comes after more than %d %s of one commit", hex, limit, what);
}

int trees_take(struct trees *trees, const git_oid *tree, size_t entries)
{
	trees->count++;
	trees->entry_count += entries;
	if (trees->count > MAX_TREES)
		return too_many(tree, MAX_TREES, "trees");
	if (trees->entry_count > MAX_TREE_ENTRIES)
		return too_many(tree, MAX_TREE_ENTRIES, "entries of the trees");
	return 0;
}

int trees_too_deep(const git_oid *tree)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), tree);
	return fail("tree %s lies more than %d directories deep", hex, MAX_TREE_DEPTH);
}

void trees_begin(struct trees *trees)
{
	trees->count = trees->entry_count = 0;
	if (trees->kept_size > MAX_KEPT_SIZE)
		trees_release(trees);
}
