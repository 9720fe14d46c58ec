#include <stdint.h>
#include <string.h>

#include "syntax/yaml.h"

#define FEW 8 /* pairs that are looked through one after the other */

struct yaml yaml_empty(struct arena *arena, enum yaml_kind kind)
{
	static const struct yaml_inside nothing = { .weight = 1, .height = 1 };
	struct yaml node = { .value = "", .kind = kind };

	/* Nothing is ever put into a scalar. */
	node.in = (struct yaml_inside *)(uintptr_t)&nothing;
	if (kind != YAML_SCALAR) {
		node.in = arena_new(arena, struct yaml_inside);
		*node.in = nothing;
	}
	return node;
}

const struct yaml_pair *yaml_pair(const struct yaml *node, const char *key)
{
	size_t number = 0, length = strlen(key);

	if (!node || node->kind != YAML_MAPPING)
		return NULL;
	for (size_t i = 0; i < node->in->pairs.count && i < FEW; i++) {
		const struct yaml_pair *pair = &node->in->pairs.items[i];

		if (pair->key->length == length && memcmp(pair->key->value, key, length) == 0)
			return pair;
	}
	if (node->in->pairs.count > FEW)
		number = (uintptr_t)map_get(&node->in->keys, key);
	return number ? &node->in->pairs.items[number - 1] : NULL;
}

void yaml_add_pair(struct arena *arena, struct yaml *mapping, struct yaml_pair pair)
{
	*vec_add(arena, &mapping->in->pairs) = pair;
	if (mapping->in->pairs.count > FEW)
		map_put(&mapping->in->keys, arena, pair.key->value,
			(void *)(uintptr_t)mapping->in->pairs.count);
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
	const struct yaml_pair *known = yaml_pair(into, pair.key->value);

	if (known) {
		if (is_reset(known->value) && !is_reset(pair.value)) {
			*known->value = *pair.value;
			known->value->replaces = true;
		}
		return;
	}
	if (is_reset(pair.value))
		pair.value = copy(arena, pair.value);
	yaml_add_pair(arena, into, pair);
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
	vec_each (const struct yaml_pair *, pair, &merged->in->pairs)
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
	if (mapping->in->merged)
		return mapping->in->merged;
	into = arena_new(arena, struct yaml);
	*into = *mapping;
	into->in = yaml_empty(arena, YAML_MAPPING).in;
	vec_each (const struct yaml_pair *, pair, &mapping->in->pairs)
		if (!yaml_is_merge_key(pair->key))
			add_pair(arena, into, *pair);
	if (merge->value->kind != YAML_SEQUENCE) {
		if (!add_mapping(arena, into, merge->value, wrong))
			return NULL;
	} else {
		vec_each (struct yaml **, item, &merge->value->in->items)
			if (!add_mapping(arena, into, *item, wrong))
				return NULL;
	}
	/* What was found out stays with the tree, whose arena is the same: a mapping that is
	 * merged in many places is worked out once. */
	mapping->in->merged = into;
	return into;
}
