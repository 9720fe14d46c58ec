#include "syntax/yaml.h"

#include <string.h>

#include "syntax/yaml_library.h"
#include "syntax/yaml_quick.h"

/* libyaml compares each directive with all before it, within one event. Where the first one is that
 * is too many; else the text's length. */
static size_t find_excess_directive(struct text text)
{
	const char *at = text.bytes, *stop = text.bytes + text.length;
	unsigned count = 0;

	while (at && at < stop) {
		count += *at == '%';
		if (count > MAX_YAML_DIRECTIVES)
			return (size_t)(at - text.bytes);
		at = memchr(at, '\n', (size_t)(stop - at));
		at = at ? at + 1 : NULL;
	}
	return text.length;
}

static void read_checked(struct yaml_tree *tree)
{
	size_t wrong = 0;

	if (!yaml_places_read(&tree->places, &wrong, &tree->scratch, tree->text)) {
		yaml_tree_refuse(tree, yaml_places_span(&tree->places, wrong, wrong), "not UTF-8");
		return;
	}
	wrong = find_excess_directive(tree->text);
	if (wrong < tree->text.length) {
		yaml_tree_refuse(tree, yaml_places_span(&tree->places, wrong, wrong),
				 arena_printf(tree->arena,
					      "more than %d lines that begin with '%%'",
					      MAX_YAML_DIRECTIVES));
		return;
	}
	if (yaml_quick_read(tree))
		return;
	yaml_tree_restart(tree, tree->arena);
	yaml_library_read(tree);
}

void yaml_read(struct yaml_file *file, struct arena *arena, struct text text)
{
	struct yaml_tree tree = { .file = file, .arena = arena, .text = text };

	*file = (struct yaml_file){ 0 };
	read_checked(&tree);
	arena_release(&tree.scratch);
}
