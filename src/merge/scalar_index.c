#include "merge/scalar_index.h"

static const char *offset_key(struct arena *arena, size_t offset, int kind)
{
	return arena_printf(arena, "%zu:%d", offset, kind);
}

static void add_value(struct scalar_index *index, const struct yaml *mapping,
		      const struct yaml_pair *pair)
{
	const char *key = offset_key(index->arena, pair->value->start, YAML_SCALAR);
	struct located *located = NULL;

	if (pair->value->kind != YAML_SCALAR || map_get(&index->values, key))
		return;
	located = arena_new(index->arena, struct located);
	*located = (struct located){ mapping, pair->key, pair->value };
	map_put(&index->values, index->arena, key, located);
}

/* What aliases lead to is found where it is written, and once. */
static void add_node(struct scalar_index *index, const struct yaml *node)
{
	const char *key = offset_key(index->arena, node->start, (int)node->kind);

	if (node->kind == YAML_SCALAR || map_get(&index->seen, key))
		return;
	map_put(&index->seen, index->arena, key, index);
	vec_each (struct yaml *const *, item, &node->in->items)
		add_node(index, *item);
	vec_each (const struct yaml_pair *, pair, &node->in->pairs) {
		add_value(index, node, pair);
		add_node(index, pair->value);
	}
}

void scalar_index_read(struct scalar_index *index, struct arena *arena, struct text text)
{
	struct yaml_file file;

	*index = (struct scalar_index){ .arena = arena };
	yaml_read(&file, arena, text);
	vec_each (struct yaml *const *, document, &file.documents)
		add_node(index, *document);
}

const struct located *scalar_index_at(const struct scalar_index *index, size_t start)
{
	return map_get(&index->values, offset_key(index->arena, start, YAML_SCALAR));
}
