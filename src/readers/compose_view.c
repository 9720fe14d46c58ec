#include "readers/compose_view.h"

#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "model/policy.h"

struct compose_view compose_view_of(struct compose *compose, struct compose_directory *directory)
{
	struct compose_view view = { .directory = directory };

	*vec_add(compose->keep, &view.variables) =
		path_join(compose->keep, directory->path, ".env");
	return view;
}

struct compose_view compose_view_laid(struct compose *compose, struct compose_directory *directory,
				      const char *path)
{
	struct compose_view view = compose_view_of(compose, directory);

	*vec_add(compose->keep, &view.files) = directory->main;
	*vec_add(compose->keep, &view.files) = path;
	view.only = path;
	return view;
}

void compose_directory_forget(struct compose_directory *directory)
{
	arena_release(&directory->arena);
	directory->base = NULL;
}

static struct compose_scope scope_of(struct compose_environment *environment, const char *directory)
{
	return (struct compose_scope){ .compose = environment->compose,
				       .directory = directory,
				       .lookup = directory,
				       .environment = environment };
}

/* The services of one file as they are written, nothing extended or included. 0, or -1. */
static int read_alone(struct compose_scope *scope, struct compose_model *model, const char *path)
{
	struct compose_source *source = NULL;

	if (compose_source(scope->compose, &source, path) < 0)
		return -1;
	if (source->usable)
		vec_each (struct yaml **, root, &source->yaml.documents) {
			struct compose_model document;

			compose_document(scope, &document, *root, source->path);
			compose_lay(model, scope->compose->arena, &document);
		}
	return 0;
}

/* What the default file says, below a view that is laid over it. Read once for all of them, unless
 * a policy's values change. 0, or -1. */
static int read_base(const struct compose_scope *scope, struct compose_directory *directory)
{
	struct compose *compose = scope->compose;
	struct compose_scope own = *scope; /* what it extends is kept with it */
	struct arena *arena = compose->arena;
	struct compose_model *base = NULL;
	struct strings files = { &directory->main, 1, 1 };
	int result = 0;

	if (directory->base && compose->choices.count == 0)
		return 0;
	arena_release(&directory->arena);
	compose->arena = &directory->arena;
	base = arena_new(compose->arena, struct compose_model);
	result = compose_load(&own, base, &files);
	compose->arena = arena;
	directory->base = base;
	return result;
}

/* Read a view with the values of variables that are chosen now. 0, or -1. */
static int read_once(struct compose *compose, const struct compose_view *view, struct map *seen)
{
	struct compose_environment environment = { .compose = compose };
	struct compose_scope scope = scope_of(&environment, view->directory->path);
	struct compose_model model = { 0 }, mentioned = { 0 };
	struct strings only = { &(const char *){ view->only }, 1, 1 };

	compose->files = 0;
	compose->services = 0;
	compose->text = 0;
	environment.several = view->variables.count > 1;
	vec_each (const char *const *, variables, &view->variables)
		if (compose_environment_read(&environment, *variables) < 0)
			return -1;
	if (view->only) {
		if (read_base(&scope, view->directory) < 0)
			return -1;
		model.below = view->directory->base;
	}
	/* The base is there for views of any name: what it makes of the name is not known. */
	if (compose_name_read(&scope, &view->files) < 0)
		return -1;
	if (compose_load(&scope, &model, view->only ? &only : &view->files) < 0)
		return -1;
	if (view->only && read_alone(&scope, &mentioned, view->only) < 0)
		return -1;
	return compose_builds(&scope, &model, &view->files, view->only ? &mentioned : NULL, seen);
}

/* On to the next combination of the values that the view uses; false after the last. */
static bool next_choice(struct compose *compose)
{
	vec_each (struct compose_choice *, choice, &compose->choices) {
		if (!choice->used)
			continue;
		if (++choice->index < choice->variable->values.count)
			return true;
		choice->index = 0;
	}
	return false;
}

/* Is one of its files such that nobody can say what the others make of it? 1, 0 or -1. */
static int is_opaque(struct compose *compose, const struct compose_view *view)
{
	vec_each (const char *const *, path, &view->files) {
		struct compose_source *source = NULL;

		if (compose_source(compose, &source, *path) < 0)
			return -1;
		if (source->opaque)
			return 1;
	}
	return 0;
}

int compose_view_read(struct compose *compose, const struct compose_view *view)
{
	struct place place = { .path = view->files.items[view->files.count - 1] };
	struct map seen = { 0 };
	int opaque = is_opaque(compose, view);
	unsigned count = 0;

	if (opaque)
		return opaque < 0 ? -1 : 0;
	vec_each (struct compose_choice *, choice, &compose->choices) {
		choice->index = 0;
		choice->used = false;
	}
	do {
		struct arena arena = { 0 };
		int result = 0;

		if (count++ == MAX_COMPOSE_CHOICES) {
			compose_unchecked(compose, place,
					  "its variables have more than %d combinations of values",
					  MAX_COMPOSE_CHOICES);
			return 0;
		}
		compose->arena = &arena;
		result = read_once(compose, view, &seen);
		compose->arena = compose->keep;
		arena_release(&arena);
		if (result < 0)
			return -1;
	} while (next_choice(compose));
	return 0;
}

static struct compose_alone judge_alone(const struct compose_model *model)
{
	struct compose_alone alone = { .complete = true };

	vec_each (struct compose_service **, item, &model->services) {
		const struct compose_service *service = *item;

		if (service->set && !service->has_image && !service->build.set && !service->extends)
			alone.complete = false;
		if (service->build.set && !service->build.context.set)
			alone.partial = true;
	}
	return alone;
}

int compose_look(struct compose *compose, struct compose_alone *alone,
		 const struct compose_directory *directory, const char *path)
{
	struct compose_environment environment = { .compose = compose };
	struct compose_scope scope = scope_of(&environment, directory->path);
	struct compose_model model = { 0 };
	struct arena arena = { 0 };
	int result = 0;

	compose->services = 0;
	compose->arena = &arena;
	result = read_alone(&scope, &model, path);
	*alone = judge_alone(&model);
	compose->arena = compose->keep;
	arena_release(&arena);
	return result;
}
