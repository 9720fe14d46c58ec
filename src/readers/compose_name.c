#include <string.h>

#include "readers/compose.h"
#include "syntax/slice.h"

/* What the last of its documents with a name calls the project; left as it is where none does. */
static void find_name(struct compose_value *name, struct compose_scope *scope,
		      const struct compose_source *source)
{
	vec_each (struct yaml *const *, document, &source->yaml.documents) {
		const struct yaml *root = *document, *node = NULL;

		if (root->kind == YAML_MAPPING)
			root = compose_mapping(scope->compose, root, source->path);
		node = root ? yaml_get(root, "name") : NULL;
		if (node && node->kind == YAML_SCALAR && *node->value)
			*name = compose_value(scope, node, source->path, "name");
	}
}

/* What compose makes of any name; NULL: nothing is left (compose-go loader.go). */
static const char *normal_name(struct arena *arena, const char *text)
{
	const char *lower = slice_lower(arena, (struct text){ text, strlen(text) });
	char *name = arena_bytes(arena, strlen(lower) + 1);
	size_t length = 0;

	for (; *lower; lower++)
		if ((*lower >= 'a' && *lower <= 'z') || (*lower >= '0' && *lower <= '9') ||
		    (length > 0 && strchr("_-", *lower)))
			name[length++] = *lower;
	name[length] = '\0';
	return length > 0 ? name : NULL;
}

int compose_name_read(struct compose_scope *scope, const struct strings *paths)
{
	struct compose_value name = { 0 };

	vec_each (const char *const *, path, paths) {
		struct compose_source *source = NULL;

		if (compose_source(scope->compose, &source, *path) < 0)
			return -1;
		if (source->usable)
			find_name(&name, scope, source);
	}
	if (name.set && !name.error && !name.unresolved)
		scope->environment->project = normal_name(scope->compose->arena, name.text);
	return 0;
}
