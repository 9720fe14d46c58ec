#include <string.h>

#include "readers/compose.h"

/* One name and value of a list in either form; value NULL: it has none, or it is not known. */
static struct compose_item item_of(struct compose_scope *scope, const char *name,
				   const struct yaml *node, const char *path)
{
	struct compose_item item = { .name = name };
	struct compose_value value = { 0 };

	if (!node)
		return item;
	item.cleared = compose_resets(node);
	if (item.cleared || node->kind != YAML_SCALAR)
		return item;
	if (yaml_is_null(node)) {
		item.value = compose_argument(scope, name);
		return item;
	}
	/* Numbers and booleans are as good as text here. */
	value = compose_value(scope, node, path, name);
	if (value.wrong)
		item.value = node->value;
	else if (!value.unresolved && !value.error)
		item.value = value.text;
	return item;
}

/* "name=value" or "name". */
static struct compose_item item_of_text(struct compose_scope *scope, const struct yaml *node,
					const char *path)
{
	struct compose_value value = compose_value(scope, node, path, "");
	const char *equals = strchr(value.text, '=');
	struct compose_item item = { .name = value.text };

	if (equals) {
		item.name = arena_copy(scope->compose->arena, value.text,
				       (size_t)(equals - value.text));
		item.value = value.unresolved || value.error ? NULL : equals + 1;
	} else {
		item.value = compose_argument(scope, item.name);
	}
	return item;
}

/* What compose refuses of a list as a whole or of a value in a mapping: NULL where nothing, else
 * why, and where. */
static const char *wrong_value(struct arena *arena, const struct yaml_pair *list,
			       const struct yaml **where)
{
	const char *name = list->key->value;

	*where = list->value;
	if (list->value->kind == YAML_SCALAR)
		return arena_printf(arena, "'%s' must be a mapping or a list, not %s", name,
				    yaml_type_name(list->value));
	vec_each (const struct yaml_pair *, pair, &list->value->in->pairs) {
		const struct yaml *value = pair->value;

		*where = value;
		if (compose_resets(value) || yaml_is_merge_key(pair->key))
			continue;
		if (value->kind != YAML_SCALAR || yaml_type(value) == YAML_TIMESTAMP)
			return arena_printf(arena, "'%s' in '%s' must be a string, not %s",
					    pair->key->value, name, yaml_type_name(value));
	}
	return NULL;
}

/* Only an argument may be a name alone: it takes its value from the variables. */
static bool lacks_value(struct compose_scope *scope, const struct yaml *item, const char *path)
{
	struct compose_value value = compose_value(scope, item, path, "");

	return !value.unresolved && !value.error && !strchr(value.text, '=');
}

/* The same of the names and items, which are refused whatever lies below. */
static const char *wrong_item(struct compose_scope *scope, const struct yaml_pair *list,
			      const char *path, const struct yaml **where)
{
	struct arena *arena = scope->compose->arena;
	const char *name = list->key->value;
	bool needs_value = strcmp(name, "additional_contexts") == 0;

	vec_each (const struct yaml_pair *, pair, &list->value->in->pairs) {
		*where = pair->key;
		if (!compose_is_text(pair->key) && !yaml_is_merge_key(pair->key))
			return arena_printf(arena, "a name in '%s' must be a string, not %s", name,
					    yaml_type_name(pair->key));
	}
	vec_each (struct yaml **, item, &list->value->in->items) {
		*where = *item;
		if (compose_resets(*item))
			continue;
		if (!compose_is_text(*item))
			return arena_printf(arena, "an item of '%s' must be a string, not %s", name,
					    yaml_type_name(*item));
		if (needs_value && lacks_value(scope, *item, path))
			return arena_printf(arena, "an item of '%s' must be 'name=value', not '%s'",
					    name, (*item)->value);
	}
	return NULL;
}

static const struct compose_list *read_list(struct compose_scope *scope,
					    const struct yaml_pair *pair, const char *path)
{
	struct arena *arena = scope->compose->arena;
	struct compose_list *list = arena_new(arena, struct compose_list);
	const struct yaml *node = pair->value, *where = NULL;
	struct map places = { 0 };

	list->cleared = compose_clears(node);
	if (compose_resets(node))
		return list;
	list->error = wrong_item(scope, pair, path, &where);
	list->lasting = list->error != NULL;
	if (!list->error)
		list->error = wrong_value(arena, pair, &where);
	list->place = (struct place){ path, where->span };
	if (node->kind == YAML_MAPPING)
		node = compose_mapping(scope->compose, node, path);
	if (!node || list->error)
		return list;
	vec_each (const struct yaml_pair *, item, &node->in->pairs)
		compose_list_put(list, &places, arena,
				 item_of(scope, item->key->value, item->value, path));
	vec_each (struct yaml **, item, &node->in->items)
		if (!compose_resets(*item))
			compose_list_put(list, &places, arena, item_of_text(scope, *item, path));
	return list;
}

/* Put the value of a key, where there is one, into *value. */
static void read_value(struct compose_scope *scope, struct compose_value *value,
		       const struct yaml_pair *pair, const char *path)
{
	if (pair)
		*value = compose_value(scope, pair->value, path, pair->key->value);
}

void compose_read_build(struct compose_scope *scope, struct compose_build *build,
			const struct yaml *node, const char *path)
{
	const struct yaml_pair *list = NULL;

	build->cleared = compose_clears(node);
	build->set = !compose_resets(node);
	if (!build->set)
		return;
	if (node->kind == YAML_SCALAR) {
		build->context = compose_value(scope, node, path, "build");
		if (build->context.wrong)
			build->error = build->context.error;
		build->context.cleared = false;
		return;
	}
	if (node->kind == YAML_SEQUENCE) {
		build->error = "'build' must be a string or a mapping, not a list";
		return;
	}
	node = compose_mapping(scope->compose, node, path);
	build->set = node != NULL;
	if (!node)
		return;
	read_value(scope, &build->context, yaml_pair(node, "context"), path);
	read_value(scope, &build->dockerfile, yaml_pair(node, "dockerfile"), path);
	read_value(scope, &build->target, yaml_pair(node, "target"), path);
	read_value(scope, &build->inlined, yaml_pair(node, "dockerfile_inline"), path);
	list = yaml_pair(node, "args");
	if (list)
		build->arguments = read_list(scope, list, path);
	list = yaml_pair(node, "additional_contexts");
	if (list)
		build->contexts = read_list(scope, list, path);
}
