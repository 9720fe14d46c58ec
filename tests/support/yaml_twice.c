#include "tests/support/yaml_twice.h"

#include <string.h>

#include "syntax/yaml_library.h"
#include "syntax/yaml_quick.h"

static bool same_span(struct span one, struct span other)
{
	return one.line == other.line && one.column == other.column &&
	       one.end_line == other.end_line && one.end_column == other.end_column;
}

static bool same_string(const char *one, const char *other)
{
	return one && other ? strcmp(one, other) == 0 : one == other;
}

static bool same(const struct yaml *one, const struct yaml *other)
{
	if (one->kind != other->kind || one->plain != other->plain ||
	    one->length != other->length || memcmp(one->value, other->value, one->length) != 0 ||
	    !same_string(one->tag, other->tag) || one->start != other->start ||
	    one->end != other->end || !same_span(one->span, other->span) ||
	    one->in->weight != other->in->weight || one->in->height != other->in->height ||
	    one->in->items.count != other->in->items.count ||
	    one->in->pairs.count != other->in->pairs.count)
		return false;
	for (size_t i = 0; i < one->in->items.count; i++)
		if (!same(one->in->items.items[i], other->in->items.items[i]))
			return false;
	for (size_t i = 0; i < one->in->pairs.count; i++)
		if (!same(one->in->pairs.items[i].key, other->in->pairs.items[i].key) ||
		    !same(one->in->pairs.items[i].value, other->in->pairs.items[i].value))
			return false;
	return true;
}

static bool same_files(const struct yaml_file *one, const struct yaml_file *other)
{
	if (one->error || other->error || one->documents.count != other->documents.count)
		return false;
	for (size_t i = 0; i < one->documents.count; i++)
		if (!same(one->documents.items[i], other->documents.items[i]))
			return false;
	return true;
}

static enum yaml_agreement read_twice(struct yaml_tree *quick, struct yaml_tree *library)
{
	size_t wrong = 0;

	if (!yaml_places_read(&quick->places, &wrong, &quick->scratch, quick->text) ||
	    !yaml_quick_read(quick))
		return YAML_LEFT;
	(void)yaml_places_read(&library->places, &wrong, &library->scratch, library->text);
	yaml_library_read(library);
	return same_files(quick->file, library->file) && quick->events == library->events
		       ? YAML_SAME
		       : YAML_DIFFERS;
}

enum yaml_agreement yaml_twice(struct arena *arena, struct text text)
{
	struct yaml_file files[2] = { 0 };
	struct yaml_tree quick = { .file = &files[0], .arena = arena, .text = text };
	struct yaml_tree library = { .file = &files[1], .arena = arena, .text = text };
	enum yaml_agreement agreement = read_twice(&quick, &library);

	arena_release(&quick.scratch);
	arena_release(&library.scratch);
	return agreement;
}
