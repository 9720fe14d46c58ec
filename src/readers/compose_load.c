#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "readers/compose.h"

static int load_document(struct compose_scope *scope, struct compose_model *model,
			 const struct yaml *root, const char *path)
{
	struct compose_model document;

	compose_document(scope, &document, root, path);
	if (compose_include(scope, &document, path) < 0 || compose_extend(scope, &document) < 0)
		return -1;
	compose_lay(model, scope->compose->arena, &document);
	return 0;
}

int compose_load(struct compose_scope *scope, struct compose_model *model,
		 const struct strings *paths)
{
	struct compose *compose = scope->compose;

	vec_each (const char **, path, paths) {
		struct compose_source *source = NULL;
		struct place place = { .path = *path };

		if (compose_source(compose, &source, *path) < 0)
			return -1;
		if (source->kind != ENTRY_FILE)
			compose_unchecked(compose, place, "a link to what %s",
					  compose_absence(source->kind));
		if (source->usable && ++compose->files > MAX_COMPOSE_FILES)
			compose_fault(compose, place, "more than %d files", MAX_COMPOSE_FILES);
		else if (source->usable)
			vec_each (struct yaml **, root, &source->yaml.documents)
				if (load_document(scope, model, *root, source->path) < 0)
					return -1;
	}
	return 0;
}
