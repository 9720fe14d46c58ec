#include <stdint.h>

#include "syntax/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void visit(struct arena *arena, const struct yaml *node)
{
	const struct yaml *wrong = NULL;

	vec_each (struct yaml **, item, &node->items)
		visit(arena, *item);
	vec_each (const struct yaml_pair *, pair, &node->pairs)
		visit(arena, pair->value);
	if (node->kind == YAML_MAPPING)
		yaml_merged(arena, node, &wrong);
	else
		yaml_type_name(node);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct yaml_file file;
	const char *bytes = arena_copy(&arena, (const char *)data, size);

	yaml_read(&file, &arena, (struct text){ bytes, size });
	vec_each (struct yaml **, document, &file.documents)
		if (!file.error)
			visit(&arena, *document);
	arena_release(&arena);
	return 0;
}
