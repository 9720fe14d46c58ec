#include <string.h>

#include "base/path.h"
#include "model/names.h"
#include "model/policy.h"
#include "readers/compose_view.h"
#include "readers/readers.h"

/* In the order in which compose looks for them (compose-go cli/options.go). */
static const char *const defaults[] = { "compose.yaml", "compose.yml", "docker-compose.yml",
					"docker-compose.yaml" };
static const char *const overrides[] = { "compose.override.yml", "compose.override.yaml",
					 "docker-compose.override.yml",
					 "docker-compose.override.yaml" };

#define NAMES 4

/* The first of the names that stands in a directory, NULL: none; a link to nothing does not. 0, or
 * -1. */
static int first_of(struct compose *compose, const char **first,
		    const struct compose_directory *directory, const char *const names[])
{
	*first = NULL;
	for (size_t i = 0; i < NAMES && !*first; i++)
		vec_each (const char **, name, &directory->names) {
			struct compose_source *source = NULL;
			const char *path = NULL;

			if (strcmp(*name, names[i]) != 0)
				continue;
			path = path_join(compose->keep, directory->path, *name);
			if (compose_source(compose, &source, path) < 0)
				return -1;
			if (source->kind != ENTRY_ABSENT)
				*first = path;
		}
	return 0;
}

int compose_find_main(struct compose *compose, struct compose_directory *directory)
{
	for (size_t i = 0; i < NAMES; i++)
		*vec_add(compose->keep, &directory->names) = defaults[i];
	return first_of(compose, &directory->main, directory, defaults);
}

/* Is it a file that may name a project's files? */
static bool is_environment(const char *name)
{
	return strcmp(name, ".env") == 0;
}

static bool watch(const char *name)
{
	return *name == '.' ? is_environment(name) : name_is_compose(name);
}

static struct compose_directory *directory_of(struct compose *compose,
					      struct compose_directories *directories,
					      struct table *by_path, const char *file)
{
	const char *path = path_directory(compose->arena, file);
	struct compose_directory *directory = table_get(by_path, path);

	if (directory)
		return directory;
	directory = arena_new(compose->arena, struct compose_directory);
	directory->path = path;
	table_put(by_path, compose->arena, path, directory);
	*vec_add(compose->arena, directories) = directory;
	return directory;
}

/* The directories with compose files, then those with an .env file alone. */
static void collect(struct compose *compose, struct compose_directories *directories)
{
	const struct entries *watched = &compose->project->snapshot->watched;
	struct table by_path = { 0 };

	vec_each (const struct entry *, entry, watched) {
		const char *name = path_name(entry->path);
		struct compose_directory *directory = NULL;

		if (!name_is_compose(name))
			continue;
		directory = directory_of(compose, directories, &by_path, entry->path);
		*vec_add(compose->arena, &directory->names) = name;
	}
	vec_each (const struct entry *, entry, watched)
		if (is_environment(path_name(entry->path)))
			directory_of(compose, directories, &by_path, entry->path);
}

/* A file that is neither the default one nor its override. 0, or -1. */
static int read_other(struct compose *compose, struct compose_directory *directory,
		      const char *path)
{
	struct compose_view view = { 0 };
	struct compose_alone alone = { 0 };

	if (compose_look(compose, &alone, directory, path) < 0)
		return -1;
	if (directory->main && !alone.complete) {
		view = compose_view_laid(compose, directory, path);
		return compose_view_read(compose, &view);
	}
	if (directory->main ? alone.partial : !alone.complete)
		*vec_add(compose->keep, &directory->partial) = path;
	view = compose_view_of(compose, directory);
	*vec_add(compose->keep, &view.files) = path;
	return compose_view_read(compose, &view);
}

/* The default file with its override. 0, or -1. */
static int read_default(struct compose *compose, struct compose_directory *directory)
{
	struct compose_view view = compose_view_of(compose, directory);

	if (first_of(compose, &directory->main, directory, defaults) < 0)
		return -1;
	if (!directory->main)
		return 0;
	*vec_add(compose->keep, &view.files) = directory->main;
	if (first_of(compose, &directory->override, directory, overrides) < 0)
		return -1;
	if (directory->override)
		*vec_add(compose->keep, &view.files) = directory->override;
	return compose_view_read(compose, &view);
}

static bool is_path(const char *path, const char *other)
{
	return other && strcmp(path, other) == 0;
}

static int read_directory(struct compose *compose, struct compose_directory *directory)
{
	if (read_default(compose, directory) < 0)
		return -1;
	vec_each (const char **, name, &directory->names) {
		const char *path = path_join(compose->keep, directory->path, *name);

		if (!is_path(path, directory->main) && !is_path(path, directory->override) &&
		    read_other(compose, directory, path) < 0)
			return -1;
	}
	return compose_read_named(compose, directory);
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
	struct compose_directories directories = { 0 };

	set_choices(&compose);
	collect(&compose, &directories);
	vec_each (struct compose_directory **, directory, &directories) {
		int result = read_directory(&compose, *directory);

		compose_directory_forget(*directory);
		if (result < 0)
			return -1;
	}
	return compose_read_covered(&compose, &directories);
}

static void parse_yaml(struct blob *blob, struct arena *arena)
{
	(void)blob_yaml(blob, arena);
}

static blob_parser *parser_of(const char *name)
{
	return name_is_compose(name) ? parse_yaml : NULL;
}

const struct reader reader_compose = {
	.name = "compose",
	.watches = watch,
	.parser = parser_of,
	.read = read_compose,
};
