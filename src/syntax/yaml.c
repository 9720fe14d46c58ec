#include "syntax/yaml.h"

#include "syntax/yaml_library.h"
#include "syntax/yaml_quick.h"

static void read_checked(struct yaml_tree *tree)
{
	size_t wrong = 0;

	if (!yaml_places_read(&tree->places, &wrong, &tree->scratch, tree->text)) {
		yaml_tree_refuse(tree, yaml_places_span(&tree->places, wrong, wrong), "not UTF-8");
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
