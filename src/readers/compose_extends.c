#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "readers/compose.h"

/* A service on the way from one that extends to what it extends, and so on. */
struct step {
	struct compose_service *service, *base; /* base NULL: not known */
};

struct steps VEC(struct step);

/* The documents of a file laid over each other as they are: their services extend in turn when
 * they are asked for. NULL in *model where the file cannot be read. 0, or -1. */
static int extended_file(struct compose_scope *scope, struct compose_model **model,
			 const char *path, struct place place)
{
	struct compose *compose = scope->compose;
	struct compose_scope inner = *scope;
	struct compose_source *source = NULL;

	*model = map_get(&scope->extended, path);
	if (*model)
		return 0;
	if (compose_source(compose, &source, path) < 0)
		return -1;
	if (source->kind != ENTRY_FILE)
		compose_unchecked(compose, place, "extends a service of '%s', which %s", path,
				  compose_absence(source->kind));
	if (!source->usable)
		return 0;
	if (++compose->files > MAX_COMPOSE_FILES) {
		compose_fault(compose, place, "more than %d files", MAX_COMPOSE_FILES);
		return 0;
	}
	*model = arena_new(compose->arena, struct compose_model);
	map_put(&scope->extended, compose->arena, path, *model);
	inner.directory = path_directory(compose->arena, path);
	inner.lookup = inner.directory;
	vec_each (struct yaml **, root, &source->yaml.documents) {
		struct compose_model document;

		compose_document(&inner, &document, *root, source->path);
		compose_lay(*model, compose->arena, &document);
	}
	return 0;
}

/* The name of the service extended; NULL, and said, where it cannot be known. */
static const char *base_name(struct compose *compose, const struct compose_service *service)
{
	const struct compose_value *name = &service->extends_service;

	if (name->wrong)
		compose_fault(compose, name->place, "%s", name->error);
	else if (name->error)
		compose_unchecked(compose, name->place, "%s in '%s'", name->error, name->written);
	else if (name->unresolved)
		compose_unchecked(compose, name->place, "variable '%s' has no value",
				  name->unresolved);
	else
		return name->text;
	return NULL;
}

/* The service extended, NULL where it cannot be known; *model becomes the one it is in. 0, or -1.
 */
static int find_base(struct compose_scope *scope, struct compose_model **model,
		     struct compose_service **base, const struct compose_service *service)
{
	const struct compose_value *file = &service->extends_file;
	const char *name = base_name(scope->compose, service), *path = NULL;

	*base = NULL;
	if (name && file->set) {
		path = compose_path(scope->compose, file);
		*model = NULL;
		if (path && extended_file(scope, model, path, file->place) < 0)
			return -1;
	}
	if (!name || !*model)
		return 0;
	*base = compose_service(*model, name);
	if (*base && (*base)->set)
		return 0;
	*base = NULL;
	compose_unchecked(scope->compose, service->extends_place,
			  "service '%s' extends '%s', which is not there", service->name, name);
	return 0;
}

/* The way down from a service, up to one that is done or cannot be known. 0, or -1. */
static int walk(struct compose_scope *scope, struct compose_model *model, struct steps *steps,
		struct compose_service *service)
{
	struct compose *compose = scope->compose;

	while (service && service->state == COMPOSE_UNTOUCHED) {
		struct compose_service *base = NULL;

		service->state = COMPOSE_DONE;
		if (!service->extends || service->error)
			return 0;
		service->state = COMPOSE_ENTERED;
		if (find_base(scope, &model, &base, service) < 0)
			return -1;
		if (base && base->state == COMPOSE_ENTERED) {
			compose_fault(compose, service->extends_place,
				      "service '%s' extends itself", base->name);
			base = NULL;
		}
		*vec_add(compose->arena, steps) = (struct step){ service, base };
		service = base;
	}
	return 0;
}

/* Lay the service over the one it extends, which is done. */
static void finish(struct compose *compose, const struct step *step)
{
	struct compose_service *service = step->service, settled;
	const struct compose_service *base = step->base;
	bool cleared = service->cleared;

	service->state = COMPOSE_DONE;
	service->extends = false;
	service->broken = !base || base->broken;
	if (service->broken)
		return;
	if (base->depth >= MAX_COMPOSE_DEPTH) {
		compose_fault(compose, service->extends_place,
			      "service '%s' extends more than %d others in a row", service->name,
			      MAX_COMPOSE_DEPTH);
		service->broken = true;
		return;
	}
	/* A mark at either service is for what lies below that one in other files. */
	service->cleared = false;
	settled = compose_settled(compose->arena, base);
	*service = compose_merge(compose->arena, &settled, service);
	service->cleared = cleared;
	service->extends = false;
	service->depth = base->depth + 1;
}

int compose_extend(struct compose_scope *scope, struct compose_model *document)
{
	vec_each (struct compose_service **, service, &document->services) {
		struct steps steps = { 0 };

		if (walk(scope, document, &steps, *service) < 0)
			return -1;
		while (steps.count > 0)
			finish(scope->compose, &steps.items[--steps.count]);
	}
	return 0;
}
