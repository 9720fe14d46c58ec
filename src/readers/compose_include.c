#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "readers/compose.h"

/* One entry of `include`. */
struct inclusion {
	struct strings paths;
	struct strings variables; /* its env_file */
	const char *directory;    /* its project_directory */
	struct place place;
	bool unknown; /* it is said why */
};

static struct compose_value value_at(struct compose_scope *scope, const struct yaml *node,
				     const struct inclusion *inclusion, const char *what)
{
	struct compose_value value = compose_value(scope, node, inclusion->place.path, what);

	value.directory = scope->lookup;
	return value;
}

static void add_path(struct compose_scope *scope, struct inclusion *inclusion,
		     const struct yaml *node, const char *what)
{
	struct compose_value value = value_at(scope, node, inclusion, what);
	struct strings *paths =
		strcmp(what, "path") == 0 ? &inclusion->paths : &inclusion->variables;
	const char *path = NULL;

	if (strcmp(value.text, "/dev/null") == 0 && paths == &inclusion->variables)
		return;
	path = compose_path(scope->compose, &value);
	if (path)
		*vec_add(scope->compose->arena, paths) = path;
	else if (paths == &inclusion->paths)
		inclusion->unknown = true;
}

/* A string or a list of strings. */
static void add_paths(struct compose_scope *scope, struct inclusion *inclusion,
		      const struct yaml *node, const char *what)
{
	if (!node || yaml_is_null(node))
		return;
	if (node->kind != YAML_SEQUENCE) {
		add_path(scope, inclusion, node, what);
		return;
	}
	vec_each (struct yaml **, item, &node->in->items)
		add_path(scope, inclusion, *item, what);
}

static void read_inclusion(struct compose_scope *scope, struct inclusion *inclusion,
			   const struct yaml *node)
{
	struct compose_value directory = { 0 };
	const struct yaml *value = NULL;

	if (node->kind != YAML_MAPPING) {
		add_path(scope, inclusion, node, "path");
		return;
	}
	node = compose_mapping(scope->compose, node, inclusion->place.path);
	add_paths(scope, inclusion, yaml_get(node, "path"), "path");
	add_paths(scope, inclusion, yaml_get(node, "env_file"), "env_file");
	value = yaml_get(node, "project_directory");
	if (value && !yaml_is_null(value)) {
		directory = value_at(scope, value, inclusion, "project_directory");
		directory.directory = scope->directory;
		inclusion->directory = compose_path(scope->compose, &directory);
		inclusion->unknown = inclusion->unknown || !inclusion->directory;
	}
	if (node && inclusion->paths.count == 0 && !inclusion->unknown)
		compose_unchecked(scope->compose, inclusion->place, "'include' names no file");
	if (inclusion->paths.count == 0)
		inclusion->unknown = true;
}

/* Can all files be read? Where not, it is said. 0, or -1. */
static int check_files(struct compose *compose, struct inclusion *inclusion)
{
	vec_each (const char **, path, &inclusion->paths) {
		struct compose_source *source = NULL;

		if (compose_source(compose, &source, *path) < 0)
			return -1;
		if (source->kind != ENTRY_FILE)
			compose_unchecked(compose, inclusion->place, "includes '%s', which %s",
					  *path, compose_absence(source->kind));
		inclusion->unknown = inclusion->unknown || !source->usable;
	}
	return 0;
}

/* Is a file of variables named? An empty list names none (compose-go loader/include.go). */
static bool names_variables(const struct yaml *node)
{
	const struct yaml *value = yaml_get(node, "env_file");

	return value && (value->kind != YAML_SEQUENCE || value->in->items.count > 0);
}

static bool is_cycle(const struct compose_scope *scope, const char *including, const char *path)
{
	if (strcmp(including, path) == 0)
		return true;
	for (; scope; scope = scope->above)
		if (scope->file && strcmp(scope->file, path) == 0)
			return true;
	return false;
}

static int read_environment(struct compose_scope *inner, const struct inclusion *inclusion,
			    bool named)
{
	struct compose *compose = inner->compose;

	if (!named)
		return compose_environment_read(inner->environment,
						path_join(compose->arena, inner->lookup, ".env"));
	inner->environment->several = inclusion->variables.count > 1;
	vec_each (const char **, path, &inclusion->variables) {
		struct entry entry = { 0 };

		if (snapshot_find(compose->project->snapshot, &entry,
				  arena_string(compose->keep, *path)) < 0)
			return -1;
		if (entry.kind != ENTRY_FILE)
			compose_unchecked(compose, inclusion->place, "env_file '%s' %s", *path,
					  compose_absence(entry.kind));
		if (compose_environment_read(inner->environment, *path) < 0)
			return -1;
	}
	return 0;
}

/* Where the included project stands. What is no directory counts as a file in one (compose-go
 * loader.go localResourceLoader.Dir). 0, or -1. */
static int place_scope(struct compose_scope *inner, const struct inclusion *inclusion)
{
	struct arena *arena = inner->compose->arena;
	struct entry entry = { 0 };

	inner->lookup = inclusion->directory ? inclusion->directory
					     : path_directory(arena, inclusion->paths.items[0]);
	inner->directory = inner->lookup;
	if (snapshot_find(inner->compose->project->snapshot, &entry,
			  arena_string(inner->compose->keep, inner->directory)) < 0)
		return -1;
	if (entry.kind != ENTRY_DIRECTORY)
		inner->directory = path_directory(arena, inner->directory);
	return 0;
}

/* Put the services of the included project below those of the document. */
static void import(struct compose_scope *inner, struct compose_model *document,
		   const struct compose_model *imported)
{
	struct arena *arena = inner->compose->arena;

	vec_each (struct compose_service **, item, &imported->services) {
		struct compose_service *service = *item;
		struct compose_service *own = compose_service(document, service->name);
		struct compose_build *build = &service->build;

		if (build->set && !build->error && !build->context.set)
			build->context = (struct compose_value){ .set = true,
								 .text = ".",
								 .written = ".",
								 .directory = inner->directory };
		if (own && own->set) {
			*own = compose_merge(arena, service, own);
		} else if (own) {
			service->cleared = true;
			*own = *service;
		} else {
			compose_put(document, arena, service);
		}
	}
}

/* A file includes itself, or so many others in a row that it may as well. */
static void tell_of_cycle(const struct compose_scope *scope, const struct inclusion *inclusion)
{
	if (scope->depth + 1 > MAX_COMPOSE_DEPTH)
		compose_fault(scope->compose, inclusion->place,
			      "'%s' is included more than %d deep", inclusion->paths.items[0],
			      MAX_COMPOSE_DEPTH);
	else
		compose_fault(scope->compose, inclusion->place, "'%s' includes itself",
			      inclusion->paths.items[0]);
}

static int include_one(struct compose_scope *scope, struct compose_model *document,
		       const struct yaml *node, const char *path)
{
	struct compose *compose = scope->compose;
	struct inclusion inclusion = { .place = { path, node->span } };
	struct compose_environment environment = { .compose = compose,
						   .above = scope->environment };
	struct compose_scope inner = { .compose = compose,
				       .environment = &environment,
				       .above = scope,
				       .file = path,
				       .depth = scope->depth + 1 };
	struct compose_model imported = { 0 };

	read_inclusion(scope, &inclusion, node);
	if (inclusion.unknown)
		return 0;
	if (is_cycle(scope, path, inclusion.paths.items[0]) || inner.depth > MAX_COMPOSE_DEPTH) {
		tell_of_cycle(scope, &inclusion);
		return 0;
	}
	if (check_files(compose, &inclusion) < 0)
		return -1;
	if (inclusion.unknown)
		return 0;
	if (place_scope(&inner, &inclusion) < 0 ||
	    read_environment(&inner, &inclusion, names_variables(node)) < 0 ||
	    compose_load(&inner, &imported, &inclusion.paths) < 0)
		return -1;
	import(&inner, document, &imported);
	return 0;
}

int compose_include(struct compose_scope *scope, struct compose_model *document, const char *path)
{
	const struct yaml *node = document->include;

	if (!node || yaml_is_null(node) || compose_resets(node))
		return 0;
	if (node->kind != YAML_SEQUENCE) {
		compose_fault(scope->compose, (struct place){ path, node->span },
			      "'include' must be a list, not %s", yaml_type_name(node));
		return 0;
	}
	vec_each (struct yaml **, item, &node->in->items)
		if (include_one(scope, document, *item, path) < 0)
			return -1;
	return 0;
}
