#include "readers/compose.h"

#include <string.h>

#include "base/path.h"
#include "model/names.h"
#include "model/policy.h"
#include "readers/readers.h"

/* In the order in which compose looks for them (compose-go cli/options.go). */
static const char *const defaults[] = { "compose.yaml", "compose.yml", "docker-compose.yml",
					"docker-compose.yaml" };
static const char *const overrides[] = { "compose.override.yml", "compose.override.yaml",
					 "docker-compose.override.yml",
					 "docker-compose.override.yaml" };

#define NAMES 4

/* The compose files of one directory. */
struct directory {
	const char *path;
	struct strings names;
	const char *main, *override; /* paths; NULL: none */
	struct arena arena;
	const struct compose_model *base; /* what the default file says; NULL: not read yet */
};

struct directories VEC(struct directory *);

/* Files that are read as one. */
struct view {
	struct directory *directory;
	const char *variables; /* path of its .env file */
	struct strings files;
	const char *only; /* of this file's services alone; NULL: of all */
};

static const char *first_of(struct arena *arena, const struct directory *directory,
			    const char *const names[])
{
	for (size_t i = 0; i < NAMES; i++)
		vec_each (const char **, name, &directory->names)
			if (strcmp(*name, names[i]) == 0)
				return path_join(arena, directory->path, *name);
	return NULL;
}

static void collect(struct compose *compose, struct directories *directories)
{
	struct map by_path = { 0 };

	vec_each (const struct entry *, entry, &compose->project->snapshot->watched) {
		const char *name = path_name(entry->path), *path = NULL;
		struct directory *directory = NULL;

		if (!name_is_compose(name))
			continue;
		path = path_directory(compose->arena, entry->path);
		directory = map_get(&by_path, path);
		if (!directory) {
			directory = arena_new(compose->arena, struct directory);
			directory->path = path;
			map_put(&by_path, compose->arena, path, directory);
			*vec_add(compose->arena, directories) = directory;
		}
		*vec_add(compose->arena, &directory->names) = name;
	}
}

static struct compose_scope scope_of(struct compose_environment *environment, const char *directory)
{
	return (struct compose_scope){ .compose = environment->compose,
				       .directory = directory,
				       .lookup = directory,
				       .environment = environment };
}

/* Could each service of a file be run without another file? */
static bool is_complete(const struct compose_model *model)
{
	vec_each (struct compose_service **, service, &model->services)
		if ((*service)->set && !(*service)->has_image && !(*service)->build.set &&
		    !(*service)->extends)
			return false;
	return true;
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
static int read_base(const struct compose_scope *scope, struct directory *directory)
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
static int read_once(struct compose *compose, const struct view *view, struct map *seen)
{
	struct compose_environment environment = { .compose = compose };
	struct compose_scope scope = scope_of(&environment, view->directory->path);
	struct compose_model model = { 0 }, mentioned = { 0 };
	struct strings only = { &(const char *){ view->only }, 1, 1 };

	compose->files = 0;
	compose->services = 0;
	if (compose_environment_read(&environment, view->variables) < 0)
		return -1;
	if (view->only) {
		if (read_base(&scope, view->directory) < 0)
			return -1;
		model.below = view->directory->base;
	}
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
static int is_opaque(struct compose *compose, const struct view *view)
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

/* Read a view with every value that a policy gives a variable of it. 0, or -1. */
static int read_view(struct compose *compose, const struct view *view)
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

static struct view view_of(struct compose *compose, struct directory *directory)
{
	return (struct view){ .directory = directory,
			      .variables = path_join(compose->keep, directory->path, ".env") };
}

/* A file that is neither the default one nor its override. 0, or -1. */
static int read_other(struct compose *compose, struct directory *directory, const char *path)
{
	struct compose_environment environment = { .compose = compose };
	struct compose_scope scope = scope_of(&environment, directory->path);
	struct compose_model model = { 0 };
	struct view view = view_of(compose, directory);
	struct arena arena = { 0 };
	int result = 0;

	compose->services = 0;
	compose->arena = &arena;
	result = read_alone(&scope, &model, path);
	if (directory->main && !is_complete(&model)) {
		*vec_add(compose->keep, &view.files) = directory->main;
		view.only = path;
	}
	compose->arena = compose->keep;
	arena_release(&arena);
	*vec_add(compose->keep, &view.files) = path;
	return result < 0 ? -1 : read_view(compose, &view);
}

/* The default file with its override. 0, or -1. */
static int read_default(struct compose *compose, struct directory *directory)
{
	struct view view = view_of(compose, directory);

	directory->main = first_of(compose->keep, directory, defaults);
	if (!directory->main)
		return 0;
	*vec_add(compose->keep, &view.files) = directory->main;
	directory->override = first_of(compose->keep, directory, overrides);
	if (directory->override)
		*vec_add(compose->keep, &view.files) = directory->override;
	return read_view(compose, &view);
}

/* The files that COMPOSE_FILE of an .env file lists; false, and said, where one cannot be read. */
static bool list_named(struct compose *compose, struct strings *files,
		       const struct compose_environment *environment, const struct view *view)
{
	const char *separator = map_get(&environment->values, "COMPOSE_PATH_SEPARATOR");
	const char *at = map_get(&environment->values, "COMPOSE_FILE");
	struct place place = { .path = view->variables };

	separator = separator && *separator ? separator : ":";
	while (at && *at) {
		const char *end = strstr(at, separator);
		size_t length = end ? (size_t)(end - at) : strlen(at);
		struct compose_value value = { .text = arena_copy(compose->keep, at, length) };
		const char *path = NULL;

		value.directory = view->directory->path;
		value.place = place;
		path = length ? compose_path(compose, &value) : NULL;
		if (length && !path)
			return false;
		if (path)
			*vec_add(compose->keep, files) = arena_string(compose->keep, path);
		at = end ? end + strlen(separator) : NULL;
	}
	return true;
}

/*
 * What COMPOSE_FILE of the directory's .env file names, where that is more than compose files of
 * the directory, which are read anyway: a build must not hide in a file of another name. 0, or -1.
 */
static int read_named(struct compose *compose, struct directory *directory)
{
	struct compose_environment environment = { .compose = compose };
	struct view view = view_of(compose, directory);
	bool hidden = false;

	if (compose_environment_read(&environment, view.variables) < 0)
		return -1;
	if (!list_named(compose, &view.files, &environment, &view))
		return 0;
	vec_each (const char **, path, &view.files) {
		struct compose_source *source = NULL;

		if (!name_is_compose(path_name(*path)) ||
		    strcmp(path_directory(compose->keep, *path), directory->path) != 0)
			hidden = true;
		if (compose_source(compose, &source, *path) < 0)
			return -1;
		if (source->kind == ENTRY_FILE)
			continue;
		compose_unchecked(compose, (struct place){ .path = view.variables },
				  "COMPOSE_FILE names '%s', which %s", *path,
				  compose_absence(source->kind));
		return 0;
	}
	return hidden ? read_view(compose, &view) : 0;
}

static bool is_path(const char *path, const char *other)
{
	return other && strcmp(path, other) == 0;
}

static int read_directory(struct compose *compose, struct directory *directory)
{
	if (read_default(compose, directory) < 0)
		return -1;
	vec_each (const char **, name, &directory->names) {
		const char *path = path_join(compose->keep, directory->path, *name);

		if (!is_path(path, directory->main) && !is_path(path, directory->override) &&
		    read_other(compose, directory, path) < 0)
			return -1;
	}
	return read_named(compose, directory);
}

/* What the default file builds where its override is left out. That is no view, so what is wrong
 * in it is not said. 0, or -1. */
static int read_covered(struct compose *compose, struct directory *directory)
{
	struct project *project = compose->project, before = *project;
	struct view view = view_of(compose, directory);
	int result = 0;

	if (!directory->override)
		return 0;
	*vec_add(compose->keep, &view.files) = directory->main;
	project->builds = project->covered;
	result = read_view(compose, &view);
	project->covered = project->builds;
	project->builds = before.builds;
	project->faults.count = before.faults.count;
	project->uncheckeds.count = before.uncheckeds.count;
	return result;
}

static void set_choices(struct compose *compose)
{
	if (!compose->project->policy)
		return;
	vec_each (const struct policy_variable *, variable, &compose->project->policy->variables)
		*vec_add(compose->arena, &compose->choices) =
			(struct compose_choice){ .variable = variable };
	vec_each (struct compose_choice *, choice, &compose->choices)
		map_put(&compose->variables, compose->arena, choice->variable->name, choice);
}

static int read_compose(struct project *project)
{
	struct blobs *blobs = project->snapshot->blobs;
	struct compose compose = { .project = project,
				   .arena = project->arena,
				   .keep = project->arena,
				   .trees = blobs ? &blobs->arena : project->arena };
	struct directories directories = { 0 };

	set_choices(&compose);
	collect(&compose, &directories);
	vec_each (struct directory **, directory, &directories) {
		int result = read_directory(&compose, *directory);

		arena_release(&(*directory)->arena);
		if (result < 0)
			return -1;
	}
	vec_each (struct directory **, directory, &directories)
		if (read_covered(&compose, *directory) < 0)
			return -1;
	return 0;
}

const struct reader reader_compose = { .name = "compose",
				       .watches = name_is_compose,
				       .read = read_compose };
