#include "merge/untouched.h"

#include <string.h>

#include "syntax/yaml.h"

static bool is_same(const struct yaml *one, const struct yaml *other);

/* Keys of "build" that may have come, gone or changed; items of lists are no builds. */
static bool may_change(const char *key)
{
	return strcmp(key, "dockerfile") == 0 || strcmp(key, "target") == 0;
}

static bool has_all(const struct yaml *mapping, const struct yaml *other, bool is_item)
{
	vec_each (const struct yaml_pair *, pair, &mapping->in->pairs) {
		const struct yaml *value = yaml_get(other, pair->key->value);

		if (!is_item && may_change(pair->key->value))
			continue;
		if (strcmp(pair->key->value, "build") == 0 && value &&
		    pair->value->kind == YAML_SCALAR && value->kind == YAML_MAPPING)
			value = yaml_get(value, "context");
		if (!value || !is_same(pair->value, value))
			return false;
	}
	return true;
}

static bool has_keys(const struct yaml *mapping, const struct yaml *other, bool is_item)
{
	vec_each (const struct yaml_pair *, pair, &mapping->in->pairs)
		if ((is_item || !may_change(pair->key->value)) &&
		    !yaml_get(other, pair->key->value))
			return false;
	return true;
}

static bool is_same_mapping(const struct yaml *one, const struct yaml *other, bool is_item)
{
	return other->kind == YAML_MAPPING && has_all(one, other, is_item) &&
	       has_keys(other, one, is_item);
}

static bool is_same_list(const struct yaml *one, const struct yaml *other)
{
	if (one->in->items.count != other->in->items.count)
		return false;
	for (size_t i = 0; i < one->in->items.count; i++) {
		const struct yaml *item = one->in->items.items[i];

		if (item->kind == YAML_MAPPING
			    ? !is_same_mapping(item, other->in->items.items[i], true)
			    : !is_same(item, other->in->items.items[i]))
			return false;
	}
	return true;
}

static bool is_same(const struct yaml *one, const struct yaml *other)
{
	if (one->kind != other->kind || strcmp(one->value, other->value) != 0 ||
	    !one->tag != !other->tag || (one->tag && strcmp(one->tag, other->tag) != 0))
		return false;
	if (one->kind == YAML_SEQUENCE)
		return is_same_list(one, other);
	return one->kind == YAML_SCALAR || is_same_mapping(one, other, false);
}

bool untouched(struct arena *arena, struct text before, struct text after)
{
	struct yaml_file one, other;

	yaml_read(&one, arena, before);
	yaml_read(&other, arena, after);
	if (one.error || other.error || one.documents.count != other.documents.count)
		return false;
	for (size_t i = 0; i < one.documents.count; i++)
		if (!is_same(one.documents.items[i], other.documents.items[i]))
			return false;
	return true;
}
