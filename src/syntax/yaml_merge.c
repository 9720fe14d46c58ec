#include <stdint.h>
#include <string.h>

#include "syntax/yaml.h"

const struct yaml_pair *yaml_pair(const struct yaml *node, const char *key)
{
	return node && node->kind == YAML_MAPPING ? map_get(&node->keys, key) : NULL;
}

const struct yaml *yaml_get(const struct yaml *node, const char *key)
{
	const struct yaml_pair *pair = yaml_pair(node, key);

	return pair ? pair->value : NULL;
}

bool yaml_is_merge_key(const struct yaml *key)
{
	if (strcmp(key->value, "<<") != 0)
		return false;
	if (key->tag && strcmp(key->tag, "!") != 0)
		return strcmp(key->tag, "tag:yaml.org,2002:merge") == 0;
	return key->plain;
}

static bool is_reset(const struct yaml *node)
{
	return node->tag && strcmp(node->tag, "!reset") == 0;
}

static struct yaml *copy(struct arena *arena, const struct yaml *node)
{
	struct yaml *result = arena_new(arena, struct yaml);

	*result = *node;
	return result;
}

static void add_pair(struct arena *arena, struct yaml *into, struct yaml_pair pair)
{
	struct yaml_pair *known = map_get(&into->keys, pair.key->value);

	if (known) {
		if (is_reset(known->value) && !is_reset(pair.value)) {
			*known->value = *pair.value;
			known->value->replaces = true;
		}
		return;
	}
	if (is_reset(pair.value))
		pair.value = copy(arena, pair.value);
	known = arena_new(arena, struct yaml_pair);
	*known = pair;
	map_put(&into->keys, arena, pair.key->value, known);
	*vec_add(arena, &into->pairs) = pair;
}

static bool add_mapping(struct arena *arena, struct yaml *into, const struct yaml *from,
			const struct yaml **wrong)
{
	const struct yaml *merged = NULL;

	if (from->kind != YAML_MAPPING) {
		*wrong = from;
		return false;
	}
	merged = yaml_merged(arena, from, wrong);
	if (!merged)
		return false;
	vec_each (const struct yaml_pair *, pair, &merged->pairs)
		add_pair(arena, into, *pair);
	return true;
}

const struct yaml *yaml_merged(struct arena *arena, const struct yaml *mapping,
			       const struct yaml **wrong)
{
	const struct yaml_pair *merge = yaml_pair(mapping, "<<");
	struct yaml *into = NULL;

	if (!merge || !yaml_is_merge_key(merge->key))
		return mapping;
	if (mapping->merged)
		return mapping->merged;
	into = arena_new(arena, struct yaml);
	*into = *mapping;
	into->pairs = (struct yaml_pairs){ 0 };
	into->keys = (struct map){ 0 };
	vec_each (const struct yaml_pair *, pair, &mapping->pairs)
		if (!yaml_is_merge_key(pair->key))
			add_pair(arena, into, *pair);
	if (merge->value->kind != YAML_SEQUENCE) {
		if (!add_mapping(arena, into, merge->value, wrong))
			return NULL;
	} else {
		vec_each (struct yaml **, item, &merge->value->items)
			if (!add_mapping(arena, into, *item, wrong))
				return NULL;
	}
	/* What was found out stays with the tree, whose arena is the same: a mapping that is
	 * merged in many places is worked out once. */
	((struct yaml *)(uintptr_t)mapping)->merged = into;
	return into;
}
