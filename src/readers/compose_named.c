#include <string.h>

#include "base/path.h"
#include "model/names.h"
#include "readers/compose_view.h"

/* The files that COMPOSE_FILE of an .env file lists; false, and said, where one cannot be read. */
static bool list_named(struct compose *compose, struct strings *files,
		       const struct compose_environment *environment,
		       const struct compose_view *view)
{
	const char *separator = map_get(&environment->values, "COMPOSE_PATH_SEPARATOR");
	const char *at = map_get(&environment->values, "COMPOSE_FILE");
	struct place place = { .path = view->variables.items[0] };

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

/* A project stands where its first file is, and takes what variables it lacks from there. */
static void place(struct compose *compose, struct compose_view *view)
{
	const char *path = path_directory(compose->keep, view->files.items[0]);
	struct strings variables = { 0 };

	if (strcmp(path, view->directory->path) == 0)
		return;
	view->directory = arena_new(compose->keep, struct compose_directory);
	view->directory->path = path;
	*vec_add(compose->keep, &variables) = path_join(compose->keep, path, ".env");
	*vec_add(compose->keep, &variables) = view->variables.items[0];
	view->variables = variables;
}

int compose_read_named(struct compose *compose, struct compose_directory *directory)
{
	struct compose_environment environment = { .compose = compose };
	struct compose_view view = compose_view_of(compose, directory);
	bool hidden = false;

	if (compose_environment_read(&environment, view.variables.items[0]) < 0)
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
		compose_unchecked(compose, (struct place){ .path = view.variables.items[0] },
				  "COMPOSE_FILE names '%s', which %s", *path,
				  compose_absence(source->kind));
		return 0;
	}
	if (!hidden)
		return 0;
	place(compose, &view);
	return compose_view_read(compose, &view);
}
