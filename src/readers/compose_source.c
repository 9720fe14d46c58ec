#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "model/attributes.h"
#include "readers/compose.h"

/* Was this said before? Views share files, so most things are found several times. */
static bool is_news(struct compose *compose, const char *kind, struct place place,
		    const char *message)
{
	const char *key = arena_printf(compose->arena, "%s\n%s\n%u\n%u\n%s", kind, place.path,
				       place.span.line, place.span.column, message);

	if (map_get(&compose->reported, key))
		return false;
	map_put(&compose->reported, compose->keep, key, compose);
	return true;
}

void compose_fault(struct compose *compose, struct place place, const char *format, ...)
{
	va_list arguments;
	const char *message = NULL;

	va_start(arguments, format);
	message = arena_vprintf(compose->arena, format, arguments);
	va_end(arguments);
	if (is_news(compose, "fault", place, message))
		project_fault(compose->project,
			      (struct place){ arena_string(compose->keep, place.path), place.span },
			      "%s", message);
}

void compose_unchecked(struct compose *compose, struct place place, const char *format, ...)
{
	va_list arguments;
	const char *message = NULL;

	va_start(arguments, format);
	message = arena_vprintf(compose->arena, format, arguments);
	va_end(arguments);
	if (is_news(compose, "unchecked", place, message))
		project_unchecked(compose->project, arena_string(compose->keep, place.path),
				  place.span.line, "%s", message);
}

bool compose_is_remote(const char *name)
{
	static const char *const starts[] = { "github.com/", "git@", "service:", "oci:" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (strncmp(name, starts[i], strlen(starts[i])) == 0)
			return true;
	return strstr(name, "://") != NULL;
}

bool compose_is_absolute(const char *name)
{
	bool letter = (name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z');

	if (letter && name[1] == ':' && (name[2] == '\\' || name[2] == '/'))
		return true;
	return name[0] == '/' || name[0] == '~' || strncmp(name, "\\\\", 2) == 0;
}

const char *compose_absence(enum entry_kind kind)
{
	switch (kind) {
	case ENTRY_SUBMODULE:
		return "is in a submodule";
	case ENTRY_OUTSIDE:
		return "is outside the repository";
	case ENTRY_DIRECTORY:
		return "is a directory";
	default:
		return "is not in the tree";
	}
}

/* The same blob is the same tree of nodes, whichever file it is. */
static struct yaml_file parse(struct compose *compose, const struct entry *entry, struct text text)
{
	struct blob *blob = snapshot_blob(compose->project->snapshot, entry);
	struct yaml_file file;

	if (blob)
		return *blob_yaml(blob, compose->trees);
	yaml_read(&file, compose->trees, text);
	return file;
}

static int read_source(struct compose *compose, struct compose_source *source,
		       const struct entry *entry)
{
	struct place place = { .path = source->path };
	struct text text = { 0 };
	const char *change = NULL;

	if (snapshot_read(compose->project->snapshot, &text, entry) < 0 ||
	    attributes_change(compose->project, &change, entry->path) < 0)
		return -1;
	if (!text.bytes)
		compose_fault(compose, place, "larger than %u bytes", MAX_FILE_SIZE);
	else if (change)
		compose_unchecked(compose, place, "%s", change);
	source->opaque = change != NULL;
	if (!text.bytes || change)
		return 0;
	source->yaml = parse(compose, entry, text);
	place.span = source->yaml.span;
	if (source->yaml.error)
		compose_fault(compose, place, "%s", source->yaml.error);
	else if (source->yaml.documents.count > MAX_COMPOSE_DOCUMENTS)
		compose_fault(compose, place, "more than %d documents", MAX_COMPOSE_DOCUMENTS);
	else
		source->usable = true;
	return 0;
}

int compose_source(struct compose *compose, struct compose_source **source, const char *path)
{
	struct entry entry = { 0 };

	*source = table_get(&compose->sources, path);
	if (*source)
		return 0;
	if (snapshot_find(compose->project->snapshot, &entry, arena_string(compose->keep, path)) <
	    0)
		return -1;
	*source = arena_new(compose->keep, struct compose_source);
	(*source)->path = arena_string(compose->keep, path);
	(*source)->kind = entry.kind;
	table_put(&compose->sources, compose->keep, path, *source);
	return entry.kind == ENTRY_FILE ? read_source(compose, *source, &entry) : 0;
}

const char *compose_path(struct compose *compose, const struct compose_value *file)
{
	const char *path = NULL;

	if (file->wrong)
		compose_fault(compose, file->place, "%s", file->error);
	else if (file->error)
		compose_unchecked(compose, file->place, "%s in '%s'", file->error, file->written);
	else if (file->unresolved)
		compose_unchecked(compose, file->place, "variable '%s' has no value",
				  file->unresolved);
	else if (compose_is_remote(file->text))
		compose_unchecked(compose, file->place, "'%s' is remote", file->text);
	else if (compose_is_absolute(file->text) ||
		 !(path = path_normalise(compose->arena, file->directory, file->text)))
		compose_unchecked(compose, file->place, "'%s' is outside the repository",
				  file->text);
	return path;
}
